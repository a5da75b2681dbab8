/** Describes one file by its name and content: language, size, text, and whether it is generated or vendored. */

import { breaksIn } from '#base/line-breaks.ts'
import type { SourceFile, TreeEntry } from '#generate/model.ts'
import { scriptExports } from '#generate/script-exports.ts'
import type { LinguistAttributes } from './attributes.ts'
import { BINARY_WITHIN, decodeText } from './decode.ts'
import { isGeneratedPath, isGeneratedText, offersNames } from './generated.ts'
import { languageOfText } from './language-of-text.ts'
import { detectLanguage, typeOfLanguage } from './languages.ts'

/** A file with only a known name and size. */
export function plainFile({ path, blob }: TreeEntry, { byteLength }: Uint8Array): SourceFile {
  const nothing = { lines: 0, language: null, generated: false, vendored: false, text: null }
  return { path, blob, bytes: byteLength, role: 'data', ...nothing }
}

/** Classifies a file by its name and content. Its role is set later, except for binary files. */
export function describeFile(
  entry: TreeEntry,
  blob: Uint8Array,
  isLarge: boolean,
  attributes: LinguistAttributes & { vendored: boolean },
): SourceFile {
  const byName = detectLanguage(entry.path, '')
  const text = isLarge ? null : decodeText(blob, byName !== null && typeOfLanguage(byName) === 'code')
  const isBinary = text === null && (!isLarge || blob.subarray(0, BINARY_WITHIN).includes(0))
  const detected = isBinary ? null : detectLanguage(entry.path, text === null ? '' : firstLine(text))
  const language = text === null ? detected : languageOfText(detected, entry.path, text)
  const generated =
    attributes.generated ??
    (isGeneratedPath(entry.path) || (text !== null && isGeneratedText(text, language, entry.path)))
  const isOffered =
    attributes.generated === undefined && text !== null && !isGeneratedPath(entry.path) && offersNames(text, language)
  const isUnread = text !== null && (attributes.vendored || generated) && /^(?:java|type)script$/.test(language ?? '')
  return {
    path: entry.path,
    blob: entry.blob,
    bytes: blob.byteLength,
    lines: text === null ? 0 : countLines(text),
    language,
    role: isBinary ? 'binary' : 'data',
    generated,
    vendored: attributes.vendored,
    text: attributes.vendored || (generated && !isOffered) || isLfsPointer(text) ? null : text,
    ...(isUnread && { exports: scriptExports(text) }),
  }
}

/** A placeholder for a file stored by Git LFS. */
const isLfsPointer = (text: string | null): boolean =>
  text?.startsWith('version https://git-lfs.github.com/spec/v1\n') === true

function firstLine(text: string): string {
  return text.slice(0, 200).split('\n', 1)[0] ?? ''
}

/** The number of lines. A last line without a newline counts; an empty file has none. */
function countLines(text: string): number {
  return breaksIn(text) + (text === '' || text.endsWith('\n') ? 0 : 1)
}
