/** The example of use on the overview: from the README, another guide, or the comment on a package. */

import type { Code, Nodes, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Guide, GuideNode } from '#generate/guide-model.ts'
import type { SourceFile } from '#generate/model.ts'
import { linesOfBlock } from '#generate/pages/code-lines.ts'
import { programsOf } from '#generate/pages/commands/find-programs.ts'
import { refTo } from '#generate/pages/draft.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { publicPackages } from '#generate/pages/public-api/own-packages.ts'
import { callsOwn, codeIn, PACKAGE_FILE } from '#generate/pages/readme/readme-calls.ts'
import { OF_ANOTHER_TIME } from '#generate/pages/readme/usage-code.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf, README } from '#generate/paths.ts'
import { codeBlock, heading, paragraph, plainText, refLink } from '#markdown/build.ts'
import { isImports, lengthOf, MAX_EXAMPLE_LINES, withUse } from './example-blocks.ts'
import { withoutDirectives } from './example-lines.ts'
import { namesOffered, showsUse } from './example-names.ts'
import { isStale } from './stale-examples.ts'

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
  /\b(?:usage|use it|intro|introduction|example|examples|quick ?start|getting started|get started|how to use|using|basic|simple|synopsis|hello|tour|tutorial)\b/i

/** Guides that answer what goes wrong, and show how that is got around. */
const IS_TROUBLE = /(?:^|[^a-z])(?:faqs?|f\.a\.q|troubleshooting|questions|known[ _-]issues|pitfalls|caveats)(?![a-z])/i

/** Matches guides on what was, and on how the code is written. */
const FOR_OTHERS = /(?:^|[^a-z])(?:archived?|attic|coding|deprecated|legacy|old|style[ _-]?guides?)(?![a-z])/i

/** Matches the paths of guides with which readers begin: the index of the documents, `quick-start.md`. */
const IS_START = /^(?:docs?\/)?(?:source\/)?index\.\w+$|(?:quick|get(?:ting)?)[ _-]?start(?:ed)?(?=[./])/i

/** That of the README, else of the first guide that has one. */
export function usageExample(writing: Writing): RootContent[] {
  const { guides, texts } = writing
  if (guides === null) return packageExample(writing)
  const all = [...guides.guides.values()]
  const readme = all.find(({ path }) => README.test(path))
  const shows = showsUse(writing)
  const others = pathsIn(guides.order)
    .flatMap((path) => guides.guides.get(path) ?? [])
    .filter(({ path, title }) =>
      [IS_TROUBLE, OF_ANOTHER_TIME, FOR_OTHERS].every((one) => !one.test(path) && !one.test(title)),
    )
    .sort((a, b) => Number(IS_START.test(b.path)) - Number(IS_START.test(a.path)))
  for (const guide of readme === undefined ? others : [readme, ...others]) {
    const example = exampleIn(writing, guide, shows, guide === readme)
    const file = example === undefined && guide === readme ? linkedExample(writing, guide) : undefined
    const path = file?.path ?? guide.path
    const block =
      example === undefined
        ? file && codeBlock(file.language, linesOfBlock(writing.repo, file.path, 1, file.lines).trimEnd())
        : codeBlock(example.lang ?? null, withoutDirectives(withUse(example, guide.blocks)))
    if (block === undefined) continue
    return [heading(2, texts.guide.example), block, paragraph(...texts.guide.from([refLink(refTo.file(path), path)]))]
  }
  return packageExample(writing)
}

/** The first example in the comment on a package that the repository is about, with where it stands; none of one within it. */
function packageExample(writing: Writing): RootContent[] {
  const { repo, texts, sources } = writing
  const calls = callsOwn(writing)
  const own = publicPackages(writing)
  const heads = new Set(
    own.flatMap(({ entries }) => entries.flatMap(({ subpath, file }) => (subpath === '.' ? file : []))),
  )
  const folders = new Set(own.map(({ folder }) => folder))
  for (const [path, doc] of repo.fileDocs) {
    if (!heads.has(path) && !(path.endsWith('.go') && folders.has(folderOf(path)))) continue
    if (!isMain(path, repo) || !(PACKAGE_FILE.test(nameOf(path)) || doc.startsWith('Package '))) continue
    const language = repo.files.get(path)?.language ?? null
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
 * own shows no use of it, unless it is in the language that the repository is named after.
 *
 * @param withCommands - Of a README; other guides show commands of all kinds, and those with which readers begin their own ones.
 */
function exampleIn(
  writing: Writing,
  { blocks, path }: Pick<Guide, 'blocks' | 'path'>,
  shows: (block: Code) => boolean,
  withCommands: boolean,
): Code | undefined {
  let isUsage = false
  let isAside = false
  // Of the heading of the part on settings; 0 outside of one.
  let settings = 0
  // What a README shows before its second heading is the first that its readers see.
  let headings = 0
  // Of the heading of the part on usage; 0 outside of one.
  let depth = 0
  // Of the heading of the part on what goes wrong; 0 outside of one.
  let trouble = 0
  let [run, typed]: (Code | undefined)[] = []
  const found: { block: Code; worth: number; isCalling: boolean }[] = []
  const max = withCommands ? MAX_README_LINES : MAX_EXAMPLE_LINES
  const isRun = runsOwn(writing)
  const startsOwn = isScriptOf(writing)
  const calls = callsOwn(writing)
  const namesOwn = namesOffered(writing)
  const isProgram = programsOf(writing).length > 0 || writing.packages.some(({ programs }) => programs.length > 0)
  const isOnlyProgram = importedSurfaces(writing).length === 0 && isProgram
  const usesOwn = ({ lang, value }: Code): boolean => calls(value, lang ?? '') > 0 || namesOwn(value)
  for (const [at, block] of blocks.entries()) {
    if (block.type === 'heading') {
      // The sections below one on usage are on usage, too.
      if (block.depth <= depth) depth = 0
      if (block.depth <= trouble) trouble = 0
      const title = plainText(block)
      if (trouble === 0 && IS_TROUBLE.test(title)) trouble = block.depth
      if (depth === 0 && USAGE.test(title)) depth = block.depth
      isUsage = depth > 0
      isAside = ASIDE.test(title)
      if (block.depth <= settings) settings = 0
      if (settings === 0 && SETTINGS.test(title)) settings = block.depth
      headings++
    }
    if (block.type !== 'code' || trouble > 0) continue
    const isScript = startsOwn(block.value)
    if (SHELL.test(block.lang ?? '') && !isScript) {
      if (!(withCommands ? isUsage : IS_START.test(path)) || lengthOf(block) > MAX_EXAMPLE_LINES) continue
      if (isRun(block, !withCommands)) run ??= typedIn(block)
      else if (withCommands && isProgram && isTyped(block) && !INSTALLS.test(block.value)) typed ??= block
      continue
    }
    const isOwn = isScript || block.lang?.toLowerCase() === writing.subject.name.toLowerCase()
    if (lengthOf(block) > max || isInstallation(block) || isSignatures(block) || !(isOwn || shows(block))) continue
    if (isStale(writing, block)) continue
    // Imports go on with what uses them.
    const next = isImports(block) ? nextCode(blocks, at) : block
    if (next !== block && !(next !== undefined && usesOwn(next))) continue
    const isCalling = isOwn || (usesOwn(next ?? block) && !isDeclaration(block))
    const isFirst = withCommands && headings < 2
    // Nobody imports a program.
    if (isOnlyProgram && !isCalling) continue
    const isPoor = isAside || SWITCHES_OFF.test(block.value) || !isBalanced(block)
    found.push({
      block,
      isCalling,
      worth:
        (isCalling ? 1 : 0) +
        (isUsage || isFirst || isAnnounced(blocks[at - 1]) ? TOLD : 0) -
        (isPoor ? POOR : settings > 0 ? OF_SETTINGS : 0),
    })
  }
  const [best] = found.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth)
  const isBest = best !== undefined && best.worth >= TOLD && (run === undefined || (best.isCalling && !isOnlyProgram))
  return isBest ? best.block : (run ?? best?.block ?? typed)
}

/** The next block of code in the same language. */
const nextCode = (blocks: readonly RootContent[], at: number): Code | undefined =>
  blocks
    .slice(at + 1, at + 1 + MAX_NEXT)
    .find((one): one is Code => one.type === 'code' && one.lang === (blocks[at] as Code).lang)

const MAX_NEXT = 12

/** Whether the paragraph before a block announces it: `Example usage:`. */
const isAnnounced = (before: RootContent | undefined): boolean =>
  before?.type === 'paragraph' && /^[\w ]{0,20}\b(?:usage|examples?)(?: usage)?:?$/i.test(plainText(before).trim())

/** Whether it is a part of a Go program that only declares something: `func (m model) Init() tea.Cmd {`. */
const isDeclaration = ({ lang, value }: Code): boolean =>
  /^go(?:lang)?$/i.test(lang ?? '') &&
  !/^func (?:main|Example\w*|Test\w*)\(/m.test(value) &&
  value.split('\n').every((line) => /^(?:func\b|type\b|\/\/|[ \t)}]|$)/.test(line))

/** Whether all its blocks are closed: a part of a function that goes on below the text is not understood alone. */
const isBalanced = ({ value }: Code): boolean => value.split('{').length === value.split('}').length

/** Whether it shows commands, and not what is printed. */
const isTyped = ({ lang, value }: Code): boolean =>
  !NO_COMMANDS.test(lang ?? '') && ((lang ?? '') !== '' || value.split('\n').some((line) => PROMPT.test(line)))

/** Below a heading on usage, or before the second one. */
const TOLD = 3
/** Switches off what it is about, or stands below a heading on something else. */
const POOR = 4
/** Below a heading on settings, which come after the use. */
const OF_SETTINGS = 2
const SETTINGS = /\b(?:config\w*|limits?|options?|settings?)\b/i
const ASIDE =
  /\b(?:test(?:s|ing)?|troubleshooting|migrat\w+|upgrad\w+|deprecat\w+|performance|benchmarks?|develop(?:ment|ing)|contribut\w+|limitations?|caveats|alternatives?|comparison|disabl\w+|debug\w*)\b/i
const SWITCHES_OFF = /^[^\n]{0,120}\b(?:enabled?\s{0,2}[=:]\s{0,2}(?:false|False|0)|disable[d!]?)\b[^\n]{0,80}$/

/** What a manifest of a user says: `gem "orbit"`, `implementation("org.orbit:orbit:1.2")`. */
const IN_MANIFEST =
  /^(?:(?:gem|pod|source)\s|(?:test)?(?:implementation|api|compile|compileOnly|runtimeOnly|classpath|ksp|kapt)\b|(?:dependencies|repositories|plugins|resolvers|sourceSets|commonMain|group)\b|mavenCentral\(|maven\b|id\s?\(?["']|libraryDependencies\b|addSbtPlugin\b|\.?(?:package|product|target)\(|val commonMain\b|use_frameworks|install_package|\/\/.*$|#(?:\s.*)?$|(?:ivy|mvn)?["'][^"']*["'](?:\s?%{1,3}\s?["'][^"']*["'])*,?(?:\s*\/\/.*)?$|[)\]}{(,;]*$)/

function isInstallation({ value }: Code): boolean {
  return value.split('\n').every((line) => IN_MANIFEST.test(line.trim()))
}

/** Whether it only lists signatures: `match(command: Command) -> bool`. */
const isSignatures = ({ value }: Code): boolean =>
  value.split('\n').every((line) => /^(?:[\w.]{1,80}\([^()\n]{0,200}\) -> [^\n]{1,200})?$/.test(line.trim()))

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

/** Whether a block of commands, of no other language, runs a program of the repository's own with what it takes, in all of its lines or in one. */
function runsOwn({ packages, subject }: Writing): (block: Code, inAll?: boolean) => boolean {
  const programs = new Set([subject.name, ...packages.flatMap((one) => one.programs.map(({ name }) => name))])
  const runs = (line: string): boolean => programs.has(RUN.exec(line)?.[1] ?? '')
  return ({ lang, value }, inAll = false) => {
    const lines = value.split('\n').filter((line) => line.trim() !== '')
    return !NO_COMMANDS.test(lang ?? '') && (inAll ? lines.length > 0 && lines.every(runs) : lines.some(runs))
  }
}

/** Whether code is a script for a program of the repository: `#!/usr/bin/env bats`. */
function isScriptOf({ packages }: Writing): (code: string) => boolean {
  // A package may have a program of its name that is a symbolic link, which is not read.
  const programs = new Set(packages.flatMap((one) => [one.name ?? [], one.programs.map(({ name }) => name)].flat()))
  return (code) => {
    const program = /^#!(?:\S{0,80}\/)?(?:env[ \t]{1,4})?([\w.-]{1,60})(?=\s|$)/.exec(code)?.[1]
    return program !== undefined && programs.has(program)
  }
}

/** A program with arguments, perhaps run by a package manager. */
const RUN =
  /^(?:[$>%#]\s)?\s{0,4}(?:(?:npx|bunx|uvx|(?:pnpm|yarn) (?:dlx|exec)|(?:pipx|poetry|uv) run|bundle exec)\s{1,4})?([\w.-]{1,60})\s{1,4}\S/
