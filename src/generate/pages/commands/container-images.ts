/** Describes the container images and services that are built from the repository. */

import type { SourceFile } from '#generate/model.ts'
import type { Texts } from '#generate/pages/texts/texts.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { quoted } from './listed-commands.ts'
import { copiesOnlyBuiltFiles } from './packed-images.ts'

const MAX_IMAGES = 8
/** Limit on the characters of the command of a container. */
const MAX_RUNS = 60

/** Those whose command or port is known, each with its file; `undefined` if there are none. */
export function imagesBuilt({ inventory, sources, texts }: Writing): Inline[] | undefined {
  const images = inventory.files.filter(
    (one) => one.role === 'container' && holdsCode(one) && !copiesOnlyBuiltFiles(one, inventory.files),
  )
  const told = images.flatMap((next): Inline[][] => {
    const facts = imageFacts(texts, next)
    return facts.length === 0 ? [] : [[...sources.file(next.path), ...facts]]
  })
  return told.length === 0 ? undefined : few(told, MAX_IMAGES, texts)
}

/** Whether an image contains the repository's files, or services use such images. Other images only contain developer tools. */
function holdsCode({ path, text }: SourceFile): boolean {
  const head = text?.slice(0, 20_000) ?? ''
  if (path.endsWith('.dockerignore') || /(?:^|\/)\.devcontainer\//.test(path)) return false
  return /\.ya?ml$/.test(path)
    ? /^\s{1,12}build:/m.test(head)
    : /^\s{0,4}(?:(?:COPY|ADD)\s(?!\s{0,4}--from)|EXPOSE\s)/im.test(head)
}

function imageFacts(texts: Texts, { text }: SourceFile): Inline[] {
  const head = text?.slice(0, 20_000) ?? ''
  const stages = [...head.matchAll(/^FROM +(?:--\S+ +)?([^\s@]{1,120})(?:@\S{1,100})?(?: +AS +(\S{1,80}))?/gim)]
  // The last stage is built; it may be based on an earlier one.
  const last = stages.at(-1)
  let from = last?.[1]
  for (const [, image, name] of stages.slice(0, -1).reverse())
    if (name !== undefined && name.toLowerCase() === from?.toLowerCase()) from = image
  if (from?.includes('$') === true) from = undefined
  const final = head.slice(last?.index ?? 0)
  const ports = [...final.matchAll(/^EXPOSE +(?! )([\d/a-z ]{1,60}) *$/gim)].map((match) => match[1]?.trim() ?? '')
  const run = commandOf(final)
  const facts: Inline[][] = []
  if (from !== undefined) facts.push(texts.launch.imageFrom([code(from)]))
  if (ports.length > 0) facts.push([texts.launch.ports(ports.join(texts.comma))])
  if (run !== undefined) facts.push(texts.artifacts.runs([quoted(run)]))
  // The base alone says nothing of the program.
  return ports.length === 0 && run === undefined ? [] : [' (', ...join(facts, texts.comma), ')']
}

/** The command of a container if it is short and literal; it shows the purpose of the image. */
function commandOf(stage: string): string | undefined {
  const last = (word: string): string | undefined =>
    stage
      .split('\n')
      .findLast((line) => line.toUpperCase().startsWith(`${word} `))
      ?.slice(word.length)
      .trim()
  const [entry, command] = [last('ENTRYPOINT'), last('CMD')].map((text) => {
    const listed = /^\[([^[\]]{0,200})\]$/.exec(text ?? '')?.[1]
    return listed === undefined
      ? text
      : listed
          .split(/"\s*,\s*"/)
          .join(' ')
          .replace(/^\s*"|"\s*$/g, '')
  })
  const whole = [entry, command].filter((one) => one !== undefined).join(' ')
  return whole === '' || whole.length > MAX_RUNS || /[\\$"]/.test(whole) ? undefined : whole
}
