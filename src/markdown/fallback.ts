/** What stands in for a page that could not be rendered: its source, escaped, and why. */

import type { RenderedPage } from './render.ts'

/** Why a page shows its source: it took too long, it broke the renderer, or it was too large to try. */
export type FallbackReason = 'deadline' | 'crash' | 'too large'

const WORDS: Record<FallbackReason, string> = {
  deadline: 'it took too long',
  crash: 'its structure is too complex',
  'too large': 'it is too large',
}

const FIRST_HEADING = /^# +(\S.*)$/m

export function renderFallback(markdown: string, reason: FallbackReason): RenderedPage {
  const title = FIRST_HEADING.exec(markdown.slice(0, 10_000))?.[1]?.trim().slice(0, 200) ?? ''
  const note = `<p><em>This page is shown as its Markdown source, since ${WORDS[reason]} to render.</em></p>`
  return {
    html: `${note}\n<pre><code>${escapeHtml(markdown)}</code></pre>\n`,
    title,
    headings: [],
    sections: [],
    diagrams: 0,
    contents: null,
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}
