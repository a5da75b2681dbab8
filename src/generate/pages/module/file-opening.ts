/** Writes the comment of a file at the top of its page or section. */

import type { RootContent } from 'mdast'
import type { Detail } from '#generate/pages/entry/entry.ts'
import { isOfWhole } from '#generate/pages/overview/introduce.ts'
import { tellingPart } from '#generate/pages/telling.ts'
import { docBlocks, docSentence, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { fileComment, isShared } from './file-comment.ts'
import { beforeSections, openingOf } from './purpose.ts'

/**
 * The opening of the comment if it says what the file is for; the rest is collapsed.
 *
 * @param isSaid - Whether the opening is already at the top of the page.
 */
export function openingOfFile(writing: Writing, path: string, detail: Detail, isSaid = false): RootContent[] {
  const { repo, texts } = writing
  const doc = tellingPart(repo.fileDocs.get(path) ?? '')
  const sentence = docSentence(doc)
  if (doc === null || sentence === null || isShared(repo, path)) return []
  const text = plainText(paragraph(...fileComment(repo, path)))
  const isOfComment = text.includes(plainText(paragraph(...sentence))) && !isOfWhole(writing, text)
  const blocks = docBlocks(writing, doc, path, detail.docChars)
  if (!isSaid && !isOfComment && blocks.length === 1) return []
  const opening = isSaid ? beforeSections(blocks) : isOfComment ? openingOf(blocks) : []
  const rest = blocks.slice(opening.length)
  return [
    ...(isSaid ? [] : withoutLabel(opening.filter((block) => !isTitle(block)))),
    ...(rest.length === 0 ? [] : fold(texts.file.moreOf(nameOf(path)), rest)),
  ]
}

/** Whether it is a line in bold, such as a heading of Javadoc. */
const isTitle = (block: RootContent): boolean =>
  block.type === 'paragraph' && block.children.length === 1 && block.children[0]?.type === 'strong'

/** Without a first line of one or two words, such as `Retry requests`, if a paragraph follows; warnings stay. */
function withoutLabel(blocks: readonly RootContent[]): readonly RootContent[] {
  const [first, next] = blocks
  const isLabel = first?.type === 'paragraph' && next?.type === 'paragraph' && LABEL.test(plainText(first).trim())
  return isLabel ? blocks.slice(1) : blocks
}

const LABEL = /^(?!deprecated|experimental|internal|unstable)[\p{L}\p{N}_-]{1,40}(?: [\p{L}\p{N}_-]{1,40})?$/iu
