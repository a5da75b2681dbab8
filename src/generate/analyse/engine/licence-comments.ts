/** Recognises licences and names of authors in comments. */

const RIGHTS =
  /copyright|spdx-|\bprovided\W{1,3}as[- ]is\b|all rights reserved|\(c\) \d{4}|\b(?:dedicated|placed|put|released) (?:in|into|to) the public domain\b/i
/** Matches phrases that grant or name a licence; `licence` alone is not enough, because code may be about licences. */
const GRANTS =
  /^\W*licen[cs]e\b|@licen[cs]e|\blicen[cs]ed? (?:under|to)\b|\b(?:see|under) (?:the |an? |either |your )?(?:\w+ )?(?:terms|licen[cs]es?)\b|\bterms of\b|\bagreement\b|\bpermission (?:is|to)\b|\b(?:warranty|warranties|redistribut\w*|general public|gnu|mit|bsd|isc|mpl|apache)\b/i

/**
 * Drops the paragraphs about licence and authors from line comments, and what is between them.
 *
 * @returns All comments if there is no licence in them; `[]` when nothing else remains.
 */
export function withoutLicence(comments: readonly string[]): readonly string[] {
  if (!isLicence(comments.join('\n'))) return comments
  const paragraphs: string[][] = [[]]
  for (const comment of comments) {
    if (EMPTY_LINE.test(comment)) paragraphs.push([])
    else paragraphs.at(-1)?.push(comment)
  }
  const isOfLicence = (lines: readonly string[]): boolean =>
    isLicence(lines.join('\n')) || OF_LICENCE.test(lines[0] ?? '')
  const first = paragraphs.findIndex(isOfLicence)
  const last = paragraphs.findLastIndex(isOfLicence)
  const rest = paragraphs.filter((lines, at) => (at < first || at > last) && lines.length > 0)
  // The lines between are empty comments of the same language.
  const [marker = '//'] = /^\s*(?:\/\/+!?|#+)/.exec(rest[0]?.[0] ?? '') ?? []
  return rest.flatMap((lines, at) => (at === 0 ? lines : [marker, ...lines]))
}

const EMPTY_LINE = /^\s*(?:\/\/+!?|#+)\s*$/
/** Matches the first line of a paragraph that belongs to a licence or names authors. */
const OF_LICENCE =
  /^\s*(?:\/\/+!?|#+)\s*(?:#{1,6} )?(?:@?authors?\s*(?::|\(s\)|$)|by\b|copyright\b|created by\b|distributed (?:on|under)\b|for (?:the )?licen[cs]|https?:|licen[cs]ed?\b|maintainers?\b|permission (?:is|to)\b|redistribution|spdx-|the above\b|this (?:file|program|software) is\b|unless required\b|written by\b|you (?:may|should)\b)/i

export function isLicence(text: string): boolean {
  return RIGHTS.test(text) || (/licen[cs]e/i.test(text) && GRANTS.test(text))
}
