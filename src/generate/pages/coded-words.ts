/** Converts backticks and URLs in plain text, such as help texts and messages, to code and links. */

import { quoted } from '#generate/pages/quoted.ts'
import type { Inline } from '#markdown/build.ts'

const URL = /(https?:\/\/[^\s<>"'`]{1,300}[^\s<>"'`.,;:!?)\]])/

/** Text with code between backticks, and URLs as links; backticks are kept if one is unpaired. */
export function codedWords(text: string): Inline[] {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return [text]
  return parts.flatMap((part, index): Inline[] => (index % 2 === 0 ? linked(part) : part === '' ? [] : [quoted(part)]))
}

const linked = (text: string): Inline[] =>
  text
    .split(URL)
    .map(
      (part, index): Inline =>
        index % 2 === 1 ? { type: 'link', url: part, children: [{ type: 'text', value: part }] } : part,
    )
    .filter((part) => part !== '')
