/** Atom feeds (RFC 4287). Text is escaped here. */

export interface Feed {
  /** An IRI that never changes. */
  id: string
  title: string
  /** Absolute URLs of the feed and of the page that it belongs to. */
  self: string
  page: string
  /** ISO 8601. */
  updated: string
  entries: readonly FeedEntry[]
}

export interface FeedEntry {
  id: string
  title: string
  href: string
  updated: string
  /** Plain text. */
  summary: string
}

export const ATOM_TYPE = 'application/atom+xml; charset=utf-8'

export function atomFeed({ id, title, self, page, updated, entries }: Feed): string {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${xml(id)}</id>`,
    `<title>${xml(title)}</title>`,
    `<updated>${xml(updated)}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${xml(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(page)}"/>`,
    '<author><name>docspool</name></author>',
  ]
  for (const entry of entries) {
    lines.push(
      '<entry>',
      `<id>${xml(entry.id)}</id>`,
      `<title>${xml(entry.title)}</title>`,
      `<updated>${xml(entry.updated)}</updated>`,
      `<link rel="alternate" type="text/html" href="${xml(entry.href)}"/>`,
      `<summary type="text">${xml(entry.summary)}</summary>`,
      '</entry>',
    )
  }
  return `${[...lines, '</feed>'].join('\n')}\n`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Characters that XML 1.0 cannot contain, and characters that reorder text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text of an element or an attribute of XML. */
export function xml(text: string): string {
  return text
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(FORBIDDEN, '')
    .replace(/[&<>"']/g, (found) => ENTITIES[found] ?? '')
}
