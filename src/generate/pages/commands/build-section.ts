/** Writes the section of the overview on how to install, build, run and test: commands of documents, then of manifests. */

import type { RootContent } from 'mdast'
import type { Package, SourceFile } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { installCommands, publicPackages } from '#generate/pages/public-api/own-packages.ts'
import type { Texts } from '#generate/pages/texts/texts.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { foldersAbove } from '#generate/paths.ts'
import { code, heading, type Inline, join, list, paragraph, refLink } from '#markdown/build.ts'
import { type Offer, offersOf } from './build-commands.ts'
import { ciCommands, TESTS } from './ci-commands.ts'
import {
  type DocumentedBlock,
  type DocumentedCommands,
  documentedCommands,
  isForUsers,
  type TypedLine,
} from './commands-of-documents.ts'
import { definedCommands, installsOwn, orderInstalls, ownNames } from './own-commands.ts'
import { copiesOnlyBuiltFiles } from './packed-images.ts'
import { isAskedLast } from './script-order.ts'

const MAX_COMMANDS = 10
/** Limit on the commands of one manifest. */
const MAX_OFFERED = 8
/** Limit on the sections of one document. */
const MAX_BLOCKS = 6
/** Limit on the characters of a script that is shown; a shortened one would say little. */
const MAX_RUNS = 60
/** Limit on the install commands; documents name the usual ones first. */
const MAX_INSTALL = 4
/** Limit on the packages whose installation is shown together. */
const MAX_PACKAGES = 2
/** With this many commands in documents, the usual commands of tools are not needed. */
const MIN_DOCUMENTED = 2

/** Matches titles of what contributors run after the usual commands: `Extra test environments`. */
const EXTRA = /^(?:additional|advanced|extra|optional)\b/i

/** Commands, tools and images, each with its source file. */
export function howToBuild(writing: Writing): RootContent[] {
  const { inventory, texts, packages } = writing
  const documents = documentsOf(writing)
  const items = itemsOf(writing, documents, false)
  const work = documents.flatMap(({ work }) => work.filter(({ title }) => !EXTRA.test(title)))
  const told = new Set(work.flatMap(({ lines }) => lines.map(({ run }) => run)))
  // `make` in a folder is a different command from `make` at the top.
  const atTop = documents.flatMap(({ work }) => work.flatMap(({ lines }) => typedAtTop(lines)))
  const tops = new Set(atTop.map(({ run }) => run))
  const elsewhere = new Set([...told].filter((line) => !tops.has(line)))
  const old = new Set(documents.flatMap((one) => one.old))
  const offers = offersOf(writing).map(({ path, commands }) => ({
    path,
    commands: commands.filter(({ line }) => !old.has(line)),
  }))
  const isTold =
    [...told].some((line) => TESTS.test(line)) ||
    offers.some(({ commands }) => commands.some(({ line, isUsual }) => isUsual !== true && TESTS.test(line)))
  // CI commands are facts, the usual commands of tools only a guess.
  const ofCi = isTold ? undefined : ciCommands(writing)
  if (ofCi !== undefined) {
    const label = [...file(writing, ofCi.path), ' (', ofCi.job, ')']
    items.push(lineOf(writing, label, ofCi.lines, ofCi.lines.length, ofCi.more))
  }
  for (const { path, commands } of offers.flatMap((offer) => leftOf(offer, told, elsewhere, ofCi !== undefined))) {
    const shown = commands.filter(({ isAside }) => isAside !== true).slice(0, MAX_OFFERED)
    if (shown.length === 0) continue
    const lines = shown.map(({ line, runs = '', words = '' }): Inline[] => [
      quoted(line),
      ...(runs === '' || runs.length > MAX_RUNS ? [] : [' (', quoted(runs), ')']),
      ...(words === '' ? [] : [` (${words})`]),
    ])
    const note = commands.every((command) => command.isUsual) ? texts.launch.usual : ''
    items.push([...file(writing, path), note, texts.colon, ...withMore(writing, lines, commands.length - lines.length)])
  }
  for (const item of itemsOf(writing, documents, true)) items.push(item)
  const python = packages.find(({ ecosystem, folder }) => ecosystem === 'pypi' && folder === '')
  if (python !== undefined && python.tools.length > 0) {
    const tools = few(
      python.tools.map((name) => [code(name)]),
      MAX_COMMANDS,
      texts,
    )
    items.push(texts.launch.configures(file(writing, 'pyproject.toml'), tools))
  }
  const images = inventory.files.filter(
    (one) => one.role === 'container' && holdsCode(one) && !copiesOnlyBuiltFiles(one, inventory.files),
  )
  if (images.length > 0)
    items.push([
      refLink(refTo.page('images-and-services.md'), texts.artifacts.families['images-and-services']),
      texts.colon,
      ...few(
        images.map((next) => [...file(writing, next.path), ...imageFacts(texts, next)]),
        8,
        texts,
      ),
    ])
  return items.length === 0 ? [] : [heading(2, texts.launch.build), list(items)]
}

/** @param isExtra - Whether to return the blocks that follow the usual ones, or these. */
function itemsOf(writing: Writing, documents: readonly DocumentedCommands[], isExtra: boolean): Inline[][] {
  return documents.flatMap(({ path, work }) =>
    work.filter(({ title }) => EXTRA.test(title) === isExtra).map((block) => blockItem(writing, path, block)),
  )
}

/** `CONTRIBUTING.md (Running tests): make, make test`, with all commands of the block. */
function blockItem(writing: Writing, path: string, { title, line, lines }: DocumentedBlock): Inline[] {
  const label = writing.sources.place(path, line, line, code(path))
  const about = title === '' ? [] : [` (${title})`]
  return lineOf(
    writing,
    [...label, ...about],
    lines.map(({ text }) => text),
  )
}

/** How users install it. */
export function installSection(writing: Writing): RootContent[] {
  const { commands, document } = installation(writing)
  const place = document === undefined ? [] : [' (', ...file(writing, document), ')']
  const label = [writing.texts.launch.install, ...place]
  return commands.length === 0 ? [] : [paragraph(...lineOf(writing, label, commands, MAX_INSTALL))]
}

/** The commands that install it: those of a document, otherwise those of package managers for one or two packages. */
export function installation(writing: Writing): { commands: readonly string[]; document?: string } {
  const document = documentsOf(writing)
    .toReversed()
    .find(({ install }) => install.length > 0)
  if (document !== undefined) return { commands: document.install, document: document.path }
  const isNamed = ({ name }: Package): boolean => name?.split(/[:/]/).at(-1) === writing.subject.name
  const packages = installedPackages(writing).sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)))
  return { commands: packages.length > MAX_PACKAGES ? [] : packages.flatMap(installCommands) }
}

/** If there is a package at the top, packages below it are separate: bindings, a port to another language. */
function installedPackages(writing: Writing): Package[] {
  const all = publicPackages(writing)
  const atTop = all.filter(({ folder, name }) => folder === '' && name !== null)
  return atTop.length > 0 ? atTop : all
}

/** @param more - Number of commands of the same file that are left out. */
function lineOf(
  writing: Writing,
  label: Inline[],
  commands: readonly string[],
  max = MAX_COMMANDS,
  more = 0,
): Inline[] {
  const shown = commands.slice(0, max).map((line): Inline[] => [quoted(line)])
  return [...label, writing.texts.colon, ...withMore(writing, shown, commands.length - shown.length + more)]
}

function withMore({ texts }: Writing, shown: Inline[][], more: number): Inline[] {
  const all = join(shown, texts.comma)
  return more > 0 ? texts.andMore(all, more) : all
}

const documentsKnown = new WeakMap<Writing, DocumentedCommands[]>()

function documentsOf(writing: Writing): DocumentedCommands[] {
  const known = documentsKnown.get(writing) ?? readDocuments(writing)
  documentsKnown.set(writing, known)
  return known
}

/** Instructions for contributors come first. A block with a script that no manifest has is outdated. */
function readDocuments(writing: Writing): DocumentedCommands[] {
  const { inventory, repo } = writing
  const names = ownNames(writing)
  const isDefined = definedCommands(writing)
  const folders = new Set(
    inventory.files.flatMap(({ path }) => foldersAbove(path).map((one) => one.replace(/\/$/, ''))),
  )
  const rank = ({ path }: DocumentedCommands): number => (/^README/i.test(path) ? 2 : isForUsers(path) ? 1 : 0)
  const found = inventory.files
    .flatMap((one) => documentedCommands(one, (path) => repo.files.has(path) || folders.has(path)) ?? [])
    .sort((a, b) => rank(a) - rank(b))
  const seen = new Set<string>()
  return found.map((one) => {
    const isUsers = rank(one) > 0
    const broken = new Set<number>()
    const work: DocumentedBlock[] = []
    for (const block of one.work) {
      const { section, lines, start } = block
      if (!lines.every((line) => isDefined(line, isUsers))) broken.add(section)
      // Later blocks may need what the outdated one made.
      if (broken.has(section)) continue
      const isNew = lines.some(({ run, folder }) => run !== '' && !seen.has(`${folder} ${run}`))
      for (const { run, folder } of lines) seen.add(`${folder} ${run}`)
      if (!isNew) continue
      const last = work.at(-1)
      const moves = start === '' ? [] : [{ text: `cd ${start}`, run: '', folder: '' }]
      if (last?.section === section && last.end === start && last.lines.length + lines.length <= MAX_COMMANDS)
        work[work.length - 1] = { ...last, lines: [...last.lines, ...lines], end: block.end }
      else work.push({ ...block, lines: [...moves, ...lines] })
    }
    return {
      ...one,
      install: orderInstalls(one.install.filter((line) => installsOwn(line, names) && !isOfOldModule(line, writing))),
      work: work.slice(0, MAX_BLOCKS),
    }
  })
}

/**
 * The commands of an offer that documents lack. Usual commands are dropped if documents have enough, or if CI shows how to
 * test.
 */
function leftOf(offer: Offer, told: ReadonlySet<string>, elsewhere: ReadonlySet<string>, isTested: boolean): Offer[] {
  const isEnough = told.size >= MIN_DOCUMENTED || isTested
  const isTold = [...told].some((line) => TESTS.test(line))
  const tools = new Set([...told].map(toolOf).filter((tool) => /^(?:gradle|mvn)$/.test(tool)))
  // A Gradle or Maven build also runs checks.
  const isLeft = ({ line, isUsual }: Offer['commands'][number]): boolean =>
    (!told.has(line) || elsewhere.has(line)) &&
    !(isUsual === true && (isEnough || (isTold && TESTS.test(line)) || tools.has(toolOf(line))))
  const commands = offer.commands.filter(isLeft)
  // Benchmarks and the website alone add too little to the commands of documents.
  const saysLittle = ({ line, isAside }: Offer['commands'][number]): boolean =>
    isAside === true || /^\S+ (?:ci|clean|install)$/.test(line) || (told.size > 0 && isAskedLast(line))
  return commands.every(saysLittle) ? [] : [{ ...offer, commands }]
}

/** Lines before the first one that changes to a folder, even one that is only created there. */
function typedAtTop(lines: readonly TypedLine[]): readonly TypedLine[] {
  const moves = lines.findIndex(({ text, folder }) => folder !== '' || /^cd\s/.test(text))
  return moves === -1 ? lines : lines.slice(0, moves)
}

/** Treats `./gradlew` and `gradle` as one tool. */
const toolOf = (line: string): string => (line.split(' ')[0] ?? '').replace(/^\.\/|w$/g, '')

function file({ sources }: Writing, path: string): Inline[] {
  return sources.file(path)
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
  return facts.length === 0 ? [] : [' (', ...join(facts, texts.comma), ')']
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

/** A command may be combined from several files and appear in none. */
const quoted = (line: string): Inline => ({ ...code(line), data: { isQuoted: true } })

/** Whether a command gets `example.org/orbit` although the module is `example.org/orbit/v3`. */
function isOfOldModule(line: string, { packages }: Writing): boolean {
  const modules = packages.flatMap(({ ecosystem, name }) => (ecosystem === 'go' && name !== null ? [name] : []))
  if (modules.length === 0 || !/^go (?:get|install)\b/.test(line)) return false
  const paths = line.split(/\s+/).map((word) => word.split('@')[0] ?? '')
  return !modules.some((module) => paths.some((path) => path === module || path.startsWith(`${module}/`)))
}
