/** Writes the section of the overview on how to build, run and test: commands of documents, then of manifests. */

import type { RootContent } from 'mdast'
import { quoted } from '#generate/pages/quoted.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, join, list } from '#markdown/build.ts'
import type { TypedLine } from './block-lines.ts'
import { type Offer, offersOf } from './build-commands.ts'
import { toolOf } from './ci-commands.ts'
import type { Command } from './command.ts'
import type { DocumentedBlock } from './commands-of-documents.ts'
import { lineOf } from './listed-commands.ts'
import { documentsOf } from './own-documents.ts'
import { isAskedLast, MAX_RUNS } from './script-order.ts'

/** Limit on the commands of one manifest. */
const MAX_OFFERED = 5
/** With this many commands in documents, also for tests, the usual commands of tools are not needed. */
const MIN_DOCUMENTED = 2

/** Matches commands that only install dependencies. */
const INSTALLS = /^\S{1,60} (?:ci|i|install|sync)$/
const TESTS =
  /\b(?:ctest|minitest|nextest|(?:nox|tox)(?!\b.{0,60}\s-[es][ =]?(?:docs?|format|lint|mypy|style|types?|typing)\b)|pest|phpunit|pytest|rspec|spec|tests?|unittest|verify|vitest)\b|^(?:make|gradle|\.\/gradlew) .*\bcheck\b/i
/** Matches commands that may install what tests need: `pip install -e .[test]`. */
const SETS_UP = /^(?:\S{1,40} ){1,3}(?:add|install|sync)(?: |$)/
const runsTests = (line: string): boolean => TESTS.test(line) && !SETS_UP.test(line)
/** Matches runners of scripts that need no `run`. */
const RUNS = /^(pnpm|yarn) run /
/** Matches titles of what contributors run after the usual commands: `Extra test environments`. */
const EXTRA = /^(?:additional|advanced|extra|optional)\b/i

/** Commands and tools, each with its source file. */
export function howToBuild(writing: Writing): RootContent[] {
  const { sources, texts } = writing
  const documents = documentsOf(writing)
  const blocks = documents.flatMap(({ path, work }) =>
    work.filter(({ title }) => !EXTRA.test(title)).map((block) => ({ path, block })),
  )
  const items = blocks.map(({ path, block }) => blockItem(writing, path, block))
  const documented = new Set(blocks.flatMap(({ block }) => block.lines.map(({ run }) => run)))
  // `make` in a folder is a different command from `make` at the top.
  const atTop = documents.flatMap(({ work }) => work.flatMap(({ lines }) => typedAtTop(lines)))
  const tops = new Set(atTop.map(({ run }) => run))
  const elsewhere = new Set([...documented].filter((line) => !tops.has(line)))
  const old = new Set(documents.flatMap((one) => one.old))
  const offers = offersOf(writing).map((offer) => ({
    ...offer,
    commands: offer.commands.filter(({ line }) => !old.has(line)),
  }))
  const left = withoutTested(offers).flatMap((offer) => leftOf(writing, offer, documented, elsewhere))
  for (const { path, commands, isOfCi } of left.sort((a, b) => Number(isInstall(b)) - Number(isInstall(a)))) {
    const shown = commands.filter(({ isOmitted }) => isOmitted !== true).slice(0, MAX_OFFERED)
    if (shown.length === 0) continue
    const lines = shown.map(({ line, runs = '', words = '' }): Inline[] => [
      quoted(line),
      ...(runs === '' || runs.length > MAX_RUNS ? [] : [' (', quoted(runs), ')']),
      ...(words === '' ? [] : [` (${words})`]),
    ])
    const note = isOfCi !== true && commands.every((command) => command.isUsual) ? texts.launch.usual : ''
    items.push([...sources.file(path), note, texts.colon, ...join(lines, texts.comma)])
  }
  // Installing dependencies is not a build, run or test.
  const isOnlyInstall = [...documented].every((run) => run === '' || INSTALLS.test(run)) && left.every(isInstall)
  return items.length === 0 || isOnlyInstall ? [] : [heading(2, texts.launch.build), list(items)]
}

/** The offers without those of only usual commands, if the repository's own commands test with the same tool. */
function withoutTested(offers: readonly Offer[]): Offer[] {
  const isOwn = ({ isUsual }: Command): boolean => isUsual !== true
  const tested = new Set(
    offers.flatMap(({ commands }) =>
      commands.flatMap((one) => (isOwn(one) && runsTests(one.line) ? toolOf(one.line) : [])),
    ),
  )
  return offers.filter(({ commands }) => commands.some(isOwn) || commands.some(({ line }) => !tested.has(toolOf(line))))
}

/** Whether a manifest only offers to install dependencies. */
const isInstall = ({ commands }: Offer): boolean => commands.every(({ line }) => INSTALLS.test(line))

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

/** The commands of an offer that documents lack. Usual commands are dropped if documents have enough. */
function leftOf(
  writing: Writing,
  offer: Offer,
  documented: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
): Offer[] {
  const testsAreDocumented = [...documented].some(runsTests)
  const isEnough = testsAreDocumented && documented.size >= MIN_DOCUMENTED
  const tools = new Set([...documented].map(toolOf).filter((tool) => /^(?:gradle|mvn)$/.test(tool)))
  // A Gradle or Maven build also runs checks.
  const isLeft = ({ line, isUsual }: Offer['commands'][number]): boolean =>
    (!(documented.has(line) || documented.has(line.replace(RUNS, '$1 '))) || elsewhere.has(line)) &&
    !(isUsual === true && (isEnough || (testsAreDocumented && runsTests(line)) || tools.has(toolOf(line))))
  const commands = offer.commands.filter(isLeft)
  // Commands that only clean up, run benchmarks or build the website say too little.
  const saysLittle = ({ line, isOmitted }: Offer['commands'][number]): boolean =>
    isOmitted === true || INSTALLS.test(line) || isAskedLast(line)
  return commands.every(saysLittle) && !isNeeded(writing, offer.path, commands) ? [] : [{ ...offer, commands }]
}

/** Whether most of the code needs what a manifest installs, not just the scripts of its web pages. */
function isNeeded({ inventory, repo }: Writing, path: string, commands: Offer['commands']): boolean {
  const language = new Map([
    ['composer.json', 'php'],
    ['Gemfile', 'ruby'],
  ]).get(path)
  const main = inventory.files.filter((one) => isMain(one.path, repo))
  return commands.length > 0 && main.filter((one) => one.language === language).length * 2 > main.length
}

/** Lines before the first one that changes the folder, even to one that is created there. */
function typedAtTop(lines: readonly TypedLine[]): readonly TypedLine[] {
  const moves = lines.findIndex(({ text, folder }) => folder !== '' || /^cd\s/.test(text))
  return moves === -1 ? lines : lines.slice(0, moves)
}
