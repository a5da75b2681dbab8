/** The page that is shown when Markdown cannot be rendered. */

import type { RenderedPage } from './render.ts'

/** `deadline`: rendering took too long. `crash`: the renderer failed. `too large`: rendering was not tried. */
export type FallbackReason = 'deadline' | 'crash' | 'too large'

const REASONS: Record<FallbackReason, string> = {
  deadline: 'it took too long',
  crash: 'its structure is too complex',
  'too large': 'it is too large',
}

const FIRST_HEADING = /^# +(\S.*)$/m

/** Shows the escaped source of a page that could not be rendered, with the reason. */
export function renderFallback(markdown: string, reason: FallbackReason): RenderedPage {
  const title = FIRST_HEADING.exec(markdown.slice(0, 10_000))?.[1]?.trim().slice(0, 200) ?? ''
  const note = `<p><em>This page is shown as its Markdown source, since ${REASONS[reason]} to render.</em></p>`
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
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}
