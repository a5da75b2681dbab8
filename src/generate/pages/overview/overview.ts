/** Writes the first page of a set: what the repository is, its modules, where to start, its contents. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { compareText, type SourceFile } from '#generate/model.ts'
import { callSection } from '#generate/pages/calls/call-section.ts'
import { howToBuild } from '#generate/pages/commands/build-section.ts'
import { commandLineSection } from '#generate/pages/commands/command-line.ts'
import { installation, installSection } from '#generate/pages/commands/install-section.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { environmentSummary } from '#generate/pages/environment/environment.ts'
import { guideList } from '#generate/pages/guide/guide-list.ts'
import { usageExample } from '#generate/pages/guide/usage-example.ts'
import { BUILDS, languageName, NOT_CODE } from '#generate/pages/language-names.ts'
import { writeChart } from '#generate/pages/module/module-page.ts'
import { moduleTable } from '#generate/pages/module/module-table.ts'
import { notesOf } from '#generate/pages/module/notes.ts'
import { overviewProseSections, proseHead, titlesAttribution } from '#generate/pages/prose.ts'
import { runtimeNeeded } from '#generate/pages/public-api/own-packages.ts'
import { publicApi } from '#generate/pages/public-api/public-api.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import { testPlaces } from '#generate/pages/usage/test-places.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, join, link, list, paragraph, refLink, table } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { whereItStarts } from './launch.ts'
import { licenceFact } from './licence.ts'
import { stack } from './stack.ts'
import { whatItIs } from './what-it-is.ts'

/** Languages of web pages, which may belong to the documentation only. */
const WEB_PAGE = /^(?:css|html|less|sass|scss)$/
/** Minimum share of lines for a language to be named at the top. */
const MIN_SHARE = 0.03
const MAX_LANGUAGES = 40
/** Limit on the omitted files listed for one reason. */
const MAX_LEFT_OUT = 5

/** @param extra - The pages that are not about a module. */
export function writeOverview(writing: Writing, extra: readonly Pick<Draft, 'file' | 'title'>[]): Draft {
  const { subject, root, inventory, texts } = writing
  const draft = newDraft('overview.md', subject.name, null, 'overview')
  draft.homes.set(refTo.module(root.id), null)
  const introduction = whatItIs(writing)
  append(draft.blocks, [
    heading(1, subject.name),
    ...introduction,
    ...proseHead(writing, writing.prose?.overview?.summary),
  ])
  draft.blocks.push(paragraph(...join(factsOf(writing), ' · ')))
  const example = usageExample(writing)
  const commandLine = commandLineSection(writing)
  const shown = [...introduction, ...example].flatMap((block) => (block.type === 'code' ? block.value : []))
  const api = publicApi(writing, installation(writing).commands, shown.join('\n'))
  append(draft.blocks, [
    ...notesOf(writing, subject.notes),
    ...installSection(writing),
    ...(isShownIn(introduction, example) ? [] : example),
    ...(calledInReadme(writing).size === 0 ? [...commandLine, ...api] : [...api, ...commandLine]),
  ])
  if (root.children.length > 0) {
    append(draft.blocks, [
      heading(2, texts.overview.glance),
      ...moduleTable(writing, root.children),
      ...titlesAttribution(writing),
    ])
    writeChart(writing, draft, root)
  }
  append(draft.blocks, overviewProseSections(writing, draft))
  append(draft.blocks, [
    ...guideList(writing),
    ...whereItStarts(writing),
    ...howToBuild(writing),
    ...stack(writing),
    ...environmentSummary(writing),
    ...callSection(writing),
    ...furtherPages(writing, extra),
  ])
  if (inventory.files.length > 0) append(draft.blocks, files(writing))
  else draft.blocks.push(paragraph(texts.overview.noFiles))
  return draft
}

/** Whether one of the blocks shows the same code. */
function isShownIn(blocks: readonly RootContent[], example: readonly RootContent[]): boolean {
  const codes = new Set(blocks.flatMap((block) => (block.type === 'code' ? block.value.trim() : [])))
  return example.some((block) => block.type === 'code' && codes.has(block.value.trim()))
}

function factsOf(writing: Writing): Inline[][] {
  const { inventory, subject, ref, texts } = writing
  const { written, program } = codeFiles(writing)
  // Build files are listed in the table of files only.
  const own = program.filter(({ language }) => !BUILDS.test(language ?? ''))
  const languages = byLanguage(own.length > 0 ? own : written)
  const tests = program.length > 0 ? testPlaces(writing) : []
  const total = languages.reduce((sum, row) => sum + row.lines, 0)
  const licence = licenceFact(writing)
  const needs = runtimeNeeded(writing)
  const date = inventory.committedAt.slice(0, 10)
  return [
    ...languages
      .filter((row) => row.lines >= total * MIN_SHARE)
      .slice(0, 3)
      .map((row): Inline[] => [
        [languageName(row.language, texts), texts.files(row.files), texts.lines(row.lines)].join(texts.comma),
      ]),
    ...(tests.length === 0 ? [] : [tests]),
    ...(licence === null ? [] : [licence]),
    ...(needs === undefined ? [] : [[needs]]),
    texts.overview.commit([code(inventory.commit.slice(0, 7))], ref === null ? null : [code(ref)], date),
    ...(/^https?:/.test(subject.repoUrl) ? [[link(subject.repoUrl, subject.fullName)]] : []),
  ]
}

/** All code, and the main code without tests, examples, documents and tools; without main code, all but tests and examples. */
function codeFiles({ inventory, repo }: Writing): { written: SourceFile[]; program: SourceFile[] } {
  const written = ownFiles(inventory.files).filter(
    ({ language, role }) => !NOT_CODE.test(language ?? '') && (role !== 'docs' || !WEB_PAGE.test(language ?? '')),
  )
  const main = written.filter(({ path }) => isMain(path, repo))
  return { written, program: main.length > 0 ? main : written.filter(isCode) }
}

/** Files that are neither generated nor third-party, for all counts by language. */
function ownFiles(files: readonly SourceFile[]): SourceFile[] {
  return files.filter((file) => !file.generated && !file.vendored)
}

/** Links to the pages that are not about a module. */
function furtherPages({ texts }: Writing, extra: readonly Pick<Draft, 'file' | 'title'>[]): RootContent[] {
  const items = extra.map(({ file, title }): Inline[] => [refLink(refTo.page(file), title)])
  return items.length === 0 ? [] : [heading(2, texts.overview.further), list(items)]
}

function files(writing: Writing): RootContent[] {
  const { inventory, analysis, texts } = writing
  const words = texts.overview
  const analysed = new Set(
    analysis.reports.filter((report) => report.engine !== 'listed').map((report) => report.language),
  )
  const languages = byLanguage(ownFiles(inventory.files))
  const rows = languages
    .slice(0, MAX_LANGUAGES)
    .map((row): Inline[][] => [
      [row.language === '' ? texts.other : languageName(row.language, texts)],
      [texts.count(row.files)],
      [texts.count(row.lines)],
      [texts.size(row.bytes)],
      [analysed.has(row.language) ? words.yes : ''],
    ])
  const counts: RootContent[] = [table([...words.fileHeads], rows, [null, 'right', 'right', 'right', null])]
  const { written, program } = codeFiles(writing)
  if (program.length > 0 && program.length < written.length) counts.push(paragraph(words.allFiles))
  const blocks = fold(words.files, counts)
  append(blocks, leftOut(writing))
  return blocks
}

/** The omitted files by reason, with the first ones of each. */
function leftOut(writing: Writing): RootContent[] {
  const { inventory, analysis, texts } = writing
  const words = texts.overview
  const facts: Inline[][] = []
  const tell = (paths: readonly string[], what: (number: number) => string): void => {
    const names = paths.map((path) => writing.sources.file(path))
    if (paths.length > 0) facts.push([`${what(paths.length)} (`, ...few(names, MAX_LEFT_OUT, texts), ')'])
  }
  const pathsOf = (is: (file: SourceFile) => boolean): string[] => inventory.files.filter(is).map(({ path }) => path)
  tell(
    pathsOf((file) => file.generated),
    words.generated,
  )
  tell(
    pathsOf((file) => file.vendored && !file.generated),
    words.vendored,
  )
  tell([...new Set(analysis.reports.flatMap(({ failed }) => failed))].sort(compareText), words.unparsed)
  if (inventory.skippedBy.size > 0) {
    const total = [...inventory.skippedBy.values()].reduce((sum, number) => sum + number, 0)
    const names = [...inventory.skippedBy].map(([reason, number]): Inline[] => {
      const paths = inventory.skipped.flatMap((one): Inline[][] => (one.reason === reason ? [[code(one.path)]] : []))
      const named: Inline[] = paths.length === 0 ? [] : [texts.colon, ...few(paths, MAX_LEFT_OUT, texts)]
      return [`${texts.count(number)} ${words.reasons[reason]}`, ...named]
    })
    facts.push(words.skipped(total, join(names, texts.comma)))
  }
  return facts.length === 0 ? [] : [paragraph(...words.leftOut(join(facts, texts.comma)))]
}

interface LanguageRow {
  /** '' if it is unknown. */
  language: string
  files: number
  lines: number
  bytes: number
}

/** Most lines first. */
function byLanguage(files: readonly SourceFile[]): LanguageRow[] {
  const rows = new Map<string, LanguageRow>()
  // A `.h` header may be C or C++: in a C++ repository without C sources, it is C++.
  const isOfCpp = files.some(({ language }) => language === 'cpp') && !files.some(({ path }) => path.endsWith('.c'))
  for (const file of files) {
    const language = isOfCpp && file.language === 'c' ? 'cpp' : (file.language ?? '')
    const row = rows.get(language) ?? { language, files: 0, lines: 0, bytes: 0 }
    rows.set(language, row)
    row.files += 1
    row.lines += file.lines
    row.bytes += file.bytes
  }
  return [...rows.values()].sort((a, b) => b.lines - a.lines || b.bytes - a.bytes || (a.language < b.language ? -1 : 1))
}
