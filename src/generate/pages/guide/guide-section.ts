/** What the overview shows of the repository's own documents: an example of use from its README, and the list of its guides. */

import type { Code, Nodes, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Guide, GuideNode } from '#generate/guide-model.ts'
import type { SourceFile } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { refTo } from '#generate/pages/draft.ts'
import { publicPackages } from '#generate/pages/public-api/own-packages.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { callsOwn, codeIn, SPEAKS } from '#generate/pages/readme/readme-calls.ts'
import { isMain } from '#generate/pages/survey.ts'
import { isOuter } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { code, codeBlock, heading, type Inline, list, paragraph, plainText, refLink } from '#markdown/build.ts'
import { refToGuides } from './guide-pages.ts'

const MAX_GUIDES = 12
const MAX_EXAMPLE_LINES = 30
/** Of what a README itself shows. */
const MAX_README_LINES = 50
/** Of a file that a README names as an example. */
const MAX_FILE_LINES = 80
/** Guides in which an example is looked for. */
const MAX_SEARCHED = 20
const SHELL =
  /^(?:sh|bash|shell|console|shell-session|zsh|fish|powershell|ps1|bat|cmd|text|txt|diff|json|ya?ml|toml|ini|xml|html|dockerfile|)$/
const PROMPT = /^\s{0,4}[$>%] /
const NO_COMMANDS = /^(?:diff|json|ya?ml|toml|ini|xml|html|dockerfile)$/
/** Gets the program, and does not use it. */
const INSTALLS =
  /\b(?:install|clone|curl|wget|pip|npm|npx|yarn|pnpm|cargo|brew|apt|apt-get|dnf|docker|podman|make|cmake|sudo|go (?:get|build))\b/
const USAGE =
  /\b(?:usage|example|examples|quick ?start|getting started|get started|how to use|using|basic|simple|synopsis|hello|tour|tutorial)\b/i

/** Guides that answer what goes wrong, and show how that is got around. */
const IS_TROUBLE = /(?:^|[^a-z])(?:faqs?|troubleshooting|questions|known[ _-]issues|pitfalls|caveats)(?![a-z])/i

export function guideSection(writing: Writing): RootContent[] {
  return [...usageExample(writing), ...guideList(writing)]
}

/** That of the README, else of the first guide that has one. */
function usageExample(writing: Writing): RootContent[] {
  const { guides, texts } = writing
  if (guides === null) return packageExample(writing)
  const all = [...guides.guides.values()]
  const readme = all.find(({ path }) => /^readme\.\w+$/i.test(path))
  const shows = showsUse(writing)
  const others = pathsIn(guides.order)
    .flatMap((path) => guides.guides.get(path) ?? [])
    .filter(({ path, title }) => !IS_TROUBLE.test(path) && !IS_TROUBLE.test(title))
  for (const guide of readme === undefined ? others : [readme, ...others]) {
    const example = exampleIn(writing, guide, shows, guide === readme)
    const file = example === undefined && guide === readme ? linkedExample(writing, guide) : undefined
    const path = file?.path ?? guide.path
    const block =
      example === undefined
        ? file && codeBlock(file.language, codeLines(writing.survey, file.path, 1, file.lines).join('\n').trimEnd())
        : codeBlock(example.lang ?? null, withUse(example, guide.blocks))
    if (block === undefined) continue
    return [heading(2, texts.guide.example), block, paragraph(...texts.guide.from([refLink(refTo.file(path), path)]))]
  }
  return packageExample(writing)
}

/** The first example in the comment on a package that the repository is about, with where it stands; none of one within it. */
function packageExample(writing: Writing): RootContent[] {
  const { survey, texts, sources } = writing
  const calls = callsOwn(writing)
  const own = publicPackages(writing)
  const heads = new Set(
    own.flatMap(({ entries }) => entries.flatMap(({ subpath, file }) => (subpath === '.' ? file : []))),
  )
  const folders = new Set(own.map(({ folder }) => folder))
  for (const [path, doc] of survey.fileDocs) {
    if (!heads.has(path) && !(path.endsWith('.go') && folders.has(folderOf(path)))) continue
    if (!isMain(path, survey) || !(SPEAKS.test(nameOf(path)) || doc.startsWith('Package '))) continue
    const language = survey.files.get(path)?.language ?? null
    const block = codeIn(doc).find(
      (one) =>
        lengthOf(one) <= MAX_EXAMPLE_LINES &&
        (one.lang ?? language) === language &&
        calls(one.value, language ?? '') > 0,
    )
    if (block !== undefined)
      return [
        heading(2, texts.guide.example),
        codeBlock(language, block.value),
        paragraph(...texts.guide.from(sources.file(path))),
      ]
  }
  return []
}

/** A short file of code to which a README links below a heading that promises examples. */
function linkedExample({ inventory }: Writing, { blocks }: Guide): SourceFile | undefined {
  const files = new Map(inventory.files.map((file) => [file.path, file]))
  let depth = 0
  for (const block of blocks) {
    if (block.type === 'heading') {
      if (block.depth <= depth) depth = 0
      if (depth === 0 && USAGE.test(plainText(block))) depth = block.depth
    }
    if (depth === 0) continue
    const stack: Nodes[] = [block]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const file = node.type === 'link' ? files.get(node.data?.place?.path ?? '') : undefined
      const isShown = file !== undefined && file.language !== null && !SHELL.test(file.language)
      if (isShown && file.lines <= MAX_FILE_LINES) return file
      if ('children' in node) append(stack, node.children.toReversed())
    }
  }
  return undefined
}

/** The paths of guides in their order, those within others behind them. */
function pathsIn(nodes: readonly GuideNode[]): string[] {
  const found: string[] = []
  const stack = [...nodes].reverse()
  for (let next = stack.pop(); next !== undefined && found.length < MAX_SEARCHED; next = stack.pop()) {
    if (next.path !== null) found.push(next.path)
    append(stack, next.children.toReversed())
  }
  return found
}

/**
 * The example in code that shows most of the use: below a heading that says so, at the top, with calls of what packages offer. Else one
 * that runs a program of its own, else what is typed below such a heading where there are programs. What names nothing of the repository's
 * own shows no use of it.
 *
 * @param withCommands - Of a README; other guides show commands of all kinds.
 */
function exampleIn(
  writing: Writing,
  { blocks }: Pick<Guide, 'blocks'>,
  shows: (block: Code) => boolean,
  withCommands: boolean,
): Code | undefined {
  let isUsage = false
  let isAside = false
  // What a README shows before its second heading is the first that its readers see.
  let headings = 0
  // Of the heading of the part on usage; 0 outside of one.
  let depth = 0
  let [run, typed]: (Code | undefined)[] = []
  const found: { block: Code; worth: number }[] = []
  const max = withCommands ? MAX_README_LINES : MAX_EXAMPLE_LINES
  const isRun = runsOwn(writing)
  const calls = callsOwn(writing)
  const namesOwn = namesOffered(writing)
  const isProgram = writing.packages.some(({ programs }) => programs.length > 0)
  for (const block of blocks) {
    if (block.type === 'heading') {
      // What stands below a part on usage is on usage, too.
      if (block.depth <= depth) depth = 0
      if (depth === 0 && USAGE.test(plainText(block))) depth = block.depth
      isUsage = depth > 0
      isAside = ASIDE.test(plainText(block))
      headings++
    }
    if (block.type !== 'code') continue
    if (SHELL.test(block.lang ?? '')) {
      if (!withCommands || !isUsage || lengthOf(block) > MAX_EXAMPLE_LINES) continue
      if (isRun(block)) run ??= typedIn(block)
      else if (isProgram && !NO_COMMANDS.test(block.lang ?? '') && !INSTALLS.test(block.value)) typed ??= block
      continue
    }
    if (lengthOf(block) > max || isInstallation(block) || !shows(block)) continue
    // Imports go on with what uses them.
    const isCalling = calls(block.value, block.lang ?? '') > 0 || namesOwn(block.value) || isImports(block)
    const isFirst = withCommands && headings < 2
    const isPoor = isAside || SWITCHES_OFF.test(block.value)
    found.push({ block, worth: (isCalling ? 1 : 0) + (isUsage || isFirst ? TOLD : 0) - (isPoor ? POOR : 0) })
  }
  const [best] = found.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth)
  return best !== undefined && best.worth >= TOLD ? best.block : (run ?? best?.block ?? typed)
}

/** Below a heading on usage, or before the second one. */
const TOLD = 3
/** Switches off what it is about, or stands below a heading on something else. */
const POOR = 4
const ASIDE =
  /\b(?:test(?:s|ing)?|troubleshooting|migrat\w+|upgrad\w+|deprecat\w+|performance|benchmarks?|develop(?:ment|ing)|contribut\w+|limitations?|caveats|alternatives?|comparison|disabl\w+|debug\w*)\b/i
const SWITCHES_OFF = /^[^\n]{0,120}\b(?:enabled?\s{0,2}[=:]\s{0,2}(?:false|False|0)|disable[d!]?)\b[^\n]{0,80}$/

/** Whether code names, outside of imports, what a package offers itself. */
function namesOffered(writing: Writing): (text: string) => boolean {
  const offered = [...publicNames(writing).values()].flat()
  const names = new Set(
    offered.flatMap(({ name, isMade }) => {
      const own = name.split(/[:.\\#]+/).at(-1) ?? ''
      return isMade === true || own.length < MIN_NAME || own === 'default' ? [] : [own]
    }),
  )
  const isNaming = (line: string): boolean =>
    !IMPORT.test(line.trim()) && (line.match(WORD) ?? []).some((word) => names.has(word))
  return (text) => text.split('\n').some(isNaming)
}

/** Whether code names something that packages of the repository show, one of these, or what is exported where no package shows anything. */
function showsUse(writing: Writing): (block: Code) => boolean {
  const { survey } = writing
  const offered = [...publicNames(writing).values()].flat()
  const names = new Set(offered.flatMap(({ name, component }) => [name, component?.name ?? name]))
  if (offered.length === 0)
    for (const one of survey.components.values())
      if (isOuter(survey, one) && isMain(one.file, survey) && one.exported && one.name.length > MIN_NAME)
        names.add(one.name)
  // Methods of what is offered are called on values of the user.
  for (const { component } of offered)
    for (const { name, exported } of survey.members.get(component?.id ?? '') ?? [])
      if (exported && name.length > MIN_NAME) names.add(name)
  if (names.size === 0) return () => true
  for (const word of [writing.subject.name, ...writing.packages.flatMap(({ name }) => name ?? [])])
    for (const part of word.match(WORD) ?? []) names.add(part)
  return ({ value }) => (value.match(WORD) ?? []).some((word) => names.has(word))
}

/** What a manifest of a user says: `gem "orbit"`, `implementation("org.orbit:orbit:1.2")`. */
const IN_MANIFEST =
  /^(?:(?:gem|pod|source)\s|(?:test)?(?:implementation|api|compile|compileOnly|runtimeOnly|classpath|ksp|kapt)\b|(?:dependencies|repositories|plugins|resolvers|sourceSets|commonMain|group)\b|mavenCentral\(|maven\b|id\s?\(?["']|libraryDependencies\b|addSbtPlugin\b|\.?(?:package|product|target)\(|val commonMain\b|use_frameworks|install_package|\/\/.*$|#(?:\s.*)?$|["'][^"']*["'],?$|[)\]}{(,;]*$)/

function isInstallation({ value }: Code): boolean {
  return value.split('\n').every((line) => IN_MANIFEST.test(line.trim()))
}

/** Shorter names stand for anything. */
const MIN_NAME = 3
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu

const IMPORT =
  /^(?:#include\b|import\b|from \S+ import\b|use\b|using\b|require\b|require_relative\b|package\b|extern crate\b|<\?php|(?:const|let|var) .{1,120}\brequire\(|\/\/|#|$)/
/** How far below imports the code that uses them may stand, in blocks. */
const MAX_DISTANCE = 12

/**
 * A short example with those of the same language that go on with it: below imports the next one wherever it stands, else those that
 * use what it declares, up to the next heading.
 */
function withUse(example: Code, blocks: readonly RootContent[]): string {
  const parts = [example]
  const from = blocks.indexOf(example) + 1
  for (const block of blocks.slice(from, from === 0 ? 0 : from + MAX_DISTANCE)) {
    const isBegun = !parts.every(isImports)
    if (block.type === 'heading' && isBegun) break
    if (block.type !== 'code' || block.lang !== example.lang) continue
    const declared = new Set(parts.flatMap(({ value }) => [...value.matchAll(DECLARED)].flatMap((one) => one.slice(1))))
    const goesOn = (block.value.match(WORD) ?? []).some((word) => declared.has(word))
    const length = [...parts, block].reduce((sum, one) => sum + lengthOf(one) + 1, 0)
    if (length > MAX_EXAMPLE_LINES || (isBegun && !goesOn) || parts.length === MAX_PARTS) break
    // Imports once more, or what is written once more: another way to do the same.
    const imports = new Set(parts.flatMap(importsIn))
    if (isBegun && importsIn(block).some((line) => imports.has(line))) break
    if ([...block.value.matchAll(DECLARED)].some((one) => one.slice(1).some((name) => declared.has(name)))) break
    parts.push(block)
  }
  return parts.map(({ value }) => value).join('\n\n')
}

/** A variable that later lines know, outside of any block: `const plan = …`, `plan := …`, `Plan plan(…)`, `Plan plan;`. */
const DECLARED =
  /^(?:(?:(?:const|let|var|val|auto|final)[ \t]{1,4}|[\w:<>]{1,80}[ \t]{1,4})?([A-Za-z_]\w{0,60})[ \t]{0,4}:?=(?![=>])|[\w:<>]{1,80}[ \t]{1,4}([A-Za-z_]\w{0,60})[ \t]{0,4}[(;])/gm
const MAX_PARTS = 6

/** Its lines that import something. */
const importsIn = ({ value }: Code): string[] =>
  value
    .split('\n')
    .filter((line) => IMPORT.test(line.trim()) && !/^(?:\/\/|#(?!include)|\s*$|<\?php)/.test(line.trim()))

const isImports = ({ value }: Code): boolean => value.split('\n').every((line) => IMPORT.test(line.trim()))

const lengthOf = ({ value }: Code): number => value.split('\n').length

/** What is typed, where a prompt marks it; what is printed below it is another matter. */
function typedIn(block: Code): Code {
  const lines = block.value.split('\n')
  const typed: string[] = []
  let isOpen = false
  for (const line of lines) {
    if (isOpen || PROMPT.test(line)) typed.push(line)
    isOpen = line.endsWith('\\') && typed.at(-1) === line
  }
  return { ...block, value: (typed.length > 0 ? typed : lines).join('\n') }
}

/** Whether a block of commands, of no other language, runs a program of the repository's own. */
function runsOwn({ packages }: Writing): (block: Code) => boolean {
  const programs = new Set(packages.flatMap((one) => one.programs.map(({ name }) => name)))
  return ({ lang, value }) =>
    !NO_COMMANDS.test(lang ?? '') &&
    value.split('\n').some((line) => programs.has(/^(?:[$>%#]\s)?\s{0,4}([\w.-]{1,60})(?:\s|$)/.exec(line)?.[1] ?? ''))
}

function guideList({ guides, texts }: Writing): RootContent[] {
  const order = guides?.order ?? []
  if (order.length === 0) return []
  // Two documents of one title are told apart by their paths.
  const isAlone = ({ title }: GuideNode): boolean => order.filter((one) => one.title === title).length === 1
  const items = order
    .slice(0, MAX_GUIDES)
    .map((node): Inline[] => [
      ...named(node),
      ...(node.path === null || isAlone(node) ? [] : [' (', code(node.path), ')']),
      ...below(node, texts.comma),
    ])
  const all = guides?.guides.size ?? 0
  const more: Inline[][] =
    order.length > MAX_GUIDES || all > items.length ? [[refLink(refToGuides, texts.guide.all(all))]] : []
  return [heading(2, texts.guide.title), list([...items, ...more])]
}

function named({ title, path }: GuideNode): Inline[] {
  return path === null ? [title] : [refLink(refTo.file(path), title)]
}

const MAX_BELOW = 6

function below({ children }: GuideNode, comma: string): Inline[] {
  if (children.length === 0) return []
  const shown = children
    .slice(0, MAX_BELOW)
    .flatMap((child, index): Inline[] => [...(index === 0 ? [] : [comma]), ...named(child)])
  return [' (', ...shown, ...(children.length > MAX_BELOW ? [`${comma}…`] : []), ')']
}
