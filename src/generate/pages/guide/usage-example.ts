/** Chooses the usage example for the overview: from the README, an introductory guide, or the comment on a package. */

import type { Code, Nodes, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { withoutDirectives } from '#generate/formats/example-lines.ts'
import type { Guide, GuideNode } from '#generate/guide-model.ts'
import type { Package, SourceFile } from '#generate/model.ts'
import { linesOfBlock } from '#generate/pages/code-lines.ts'
import { programsOf } from '#generate/pages/commands/find-programs.ts'
import { refTo } from '#generate/pages/draft.ts'
import { NOT_CODE } from '#generate/pages/language-names.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { namesakePackages, publicPackages } from '#generate/pages/public-api/own-packages.ts'
import { callsOwn } from '#generate/pages/readme/readme-calls.ts'
import { OF_ANOTHER_TIME } from '#generate/pages/readme/usage-code.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { README } from '#generate/paths.ts'
import { codeBlock, heading, paragraph, plainText, refLink } from '#markdown/build.ts'
import { packageExample } from './code-examples.ts'
import { isImports, lengthOf, MAX_EXAMPLE_LINES, withUse } from './example-blocks.ts'
import { namesOffered, showsUse } from './example-names.ts'
import { INSTALLS, isScriptOf, isTyped, runsOwn, typedIn } from './typed-examples.ts'

/** Limit on the lines of an example in a README. */
const MAX_README_LINES = 50
/** Limit on the lines of a file that a README links to as an example. */
const MAX_FILE_LINES = 80
/** Maximum number of guides searched for an example. */
const MAX_SEARCHED = 20
/** Matches languages of commands, and of data that is no example of code. */
const NO_PROGRAM =
  /^(?:sh|bash|shell|console|shell-session|zsh|fish|powershell|ps1|bat|cmd|text|txt|diff|json|ya?ml|toml|ini|xml|html|dockerfile|)$/
const USAGE =
  /\b(?:usage|use it|intro|introduction|example|examples|quick ?start|getting started|get started|how to use|using|basic|simple|synopsis|hello|tour|tutorial)\b/i

/** Matches guides about problems, which show workarounds. */
const IS_TROUBLE = /(?:^|[^a-z])(?:faqs?|f\.a\.q|troubleshooting|questions|known[ _-]issues|pitfalls|caveats)(?![a-z])/i

/** Matches outdated guides, and guides on coding style. */
const FOR_OTHERS = /(?:^|[^a-z])(?:archived?|attic|coding|deprecated|legacy|old|style[ _-]?guides?)(?![a-z])/i

/** Matches the paths of introductory guides: the index of the documents, `01-basic-usage.md`. */
const IS_START =
  /^(?:docs?\/)?(?:source\/|_docs\/)?index\.\w+$|(?:^|[/.-])(?:basic[ _-]?usage|first[ _-]steps|intro|introduction|overview|primer|tutorial|usage)\.\w+$/i
/** Matches the paths and titles of introductory guides: `quick-start.md`. */
const QUICK_START = /(?:quick|get(?:ting)?)[ _-]?start(?:ed)?(?=[./]|$)/i

/** From the README or an introductory guide, else from the comment on a package. Never from a test or a guide on one topic. */
export function usageExample(writing: Writing): RootContent[] {
  const guides = writing.guides?.guides ?? new Map<string, Guide>()
  const readme = [...guides.values()].find(({ path }) => README.test(path))
  const main = namesakePackages(writing)
  const isIn = (path: string, { folder }: Package): boolean => folder !== '' && path.startsWith(`${folder}/`)
  const isOfOther = (path: string): boolean =>
    !main.some((one) => isIn(path, one)) && publicPackages(writing).some((one) => isIn(path, one))
  const first = pathsIn(writing.guides?.order ?? [])
    .flatMap((path) => (isOfOther(path) ? [] : (guides.get(path) ?? [])))
    .filter(
      ({ path, title }) =>
        (IS_START.test(path) || QUICK_START.test(path) || QUICK_START.test(title)) &&
        [IS_TROUBLE, OF_ANOTHER_TIME, FOR_OTHERS].every((one) => !one.test(path) && !one.test(title)),
    )
  const found = guideExample(
    writing,
    [...(readme === undefined ? [] : [readme]), ...first.slice(0, MAX_SEARCHED)],
    readme,
  )
  return found.length > 0 ? found : packageExample(writing)
}

function guideExample(writing: Writing, guides: readonly Guide[], readme: Guide | undefined): RootContent[] {
  const { texts } = writing
  const shows = showsUse(writing)
  for (const guide of guides) {
    const example = exampleIn(writing, guide, shows, guide === readme)
    const file = example === undefined && guide === readme ? linkedExample(writing, guide) : undefined
    const path = file?.path ?? guide.path
    const block =
      example === undefined
        ? file && codeBlock(file.language, linesOfBlock(writing.repo, file.path, 1, file.lines).trimEnd())
        : codeBlock(example.lang ?? null, withoutDirectives(withUse(example, guide.blocks)))
    if (block === undefined || isImports(block)) continue
    return [heading(2, texts.guide.example), block, paragraph(...texts.guide.from([refLink(refTo.file(path), path)]))]
  }
  return []
}

/** A short file of code to which a README links below a heading that promises examples. */
function linkedExample({ repo }: Writing, { blocks }: Guide): SourceFile | undefined {
  const isUsage = partsOn(USAGE)
  for (const block of blocks) {
    if (!isUsage(block)) continue
    const stack: Nodes[] = [block]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      const file = node.type === 'link' ? repo.files.get(node.data?.place?.path ?? '') : undefined
      const isShown = file !== undefined && !NO_PROGRAM.test(file.language ?? '') && !NOT_CODE.test(file.language ?? '')
      if (isShown && file.lines <= MAX_FILE_LINES) return file
      if ('children' in node) append(stack, node.children.toReversed())
    }
  }
  return undefined
}

/** The paths of guides in order, each followed by its children. */
function pathsIn(nodes: readonly GuideNode[]): string[] {
  const found: string[] = []
  const stack = [...nodes].reverse()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.path !== null) found.push(next.path)
    append(stack, next.children.toReversed())
  }
  return found
}

/**
 * The code example that shows most of the use: below a heading on usage, at the top, with calls of public names. Otherwise one
 * that runs the repository's own program, otherwise, if there are programs, the commands below such a heading. An example that names
 * nothing of the repository shows no use of it, unless it is in the language that the repository is named after.
 *
 * @param withCommands - Whether commands below a heading on usage may be the example: in a README. Other guides show commands of all
 * kinds.
 */
function exampleIn(
  writing: Writing,
  { blocks }: Pick<Guide, 'blocks'>,
  shows: (block: Code) => boolean,
  withCommands: boolean,
): Code | undefined {
  const isInUsage = partsOn(USAGE)
  const isInSettings = partsOn(SETTINGS)
  const isInTrouble = partsOn(IS_TROUBLE)
  let isOffTopic = false
  // The part of a README before its second heading is what readers see first.
  let headings = 0
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
    const [isUsage, isOnSettings, isTrouble] = [isInUsage(block), isInSettings(block), isInTrouble(block)]
    if (block.type === 'heading') {
      isOffTopic = OFF_TOPIC.test(plainText(block))
      headings++
    }
    if (block.type !== 'code' || isTrouble || isOutput(blocks[at - 1])) continue
    const isScript = startsOwn(block.value)
    if (NO_PROGRAM.test(block.lang ?? '') && !isScript) {
      if ((withCommands && !isUsage) || lengthOf(block) > MAX_EXAMPLE_LINES) continue
      if (isRun(block, !withCommands)) run ??= typedIn(block)
      else if (withCommands && isProgram && isTyped(block) && !INSTALLS.test(block.value)) typed ??= block
      continue
    }
    const isOwn = isScript || block.lang?.toLowerCase() === writing.subject.name.toLowerCase()
    if (lengthOf(block) > max || isInstallation(block) || isSignatures(block) || !(isOwn || shows(block))) continue
    // A program is not imported.
    if (isOnlyProgram && !isOwn) continue
    // Imports are followed by the code that uses them.
    const next = isImports(block) ? nextCode(blocks, at) : block
    if (next !== block && !(next !== undefined && usesOwn(next))) continue
    const isCalling = isOwn || (usesOwn(next ?? block) && !isDeclaration(block))
    // Other guides also show code around the use, such as settings.
    if (!withCommands && !isCalling) continue
    const isFirst = withCommands && headings < 2
    const isPoor = isOffTopic || SWITCHES_OFF.test(block.value) || !isBalanced(block)
    found.push({
      block,
      isCalling,
      worth:
        (isCalling ? 1 : 0) +
        (isUsage || isFirst || isAnnounced(blocks[at - 1]) ? TOLD : 0) -
        (isPoor ? POOR : isOnSettings ? OF_SETTINGS : 0),
    })
  }
  const [best] = found.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth)
  const isBest = best !== undefined && best.worth >= TOLD && (run === undefined || (best.isCalling && !isOnlyProgram))
  return isBest ? best.block : (run ?? best?.block ?? typed)
}

/** Returns whether each of consecutive blocks is below a heading on a topic, or below a heading inside its part. */
function partsOn(topic: RegExp): (block: RootContent) => boolean {
  let depth = 0
  return (block) => {
    if (block.type === 'heading') {
      if (block.depth <= depth) depth = 0
      if (depth === 0 && topic.test(plainText(block))) depth = block.depth
    }
    return depth > 0
  }
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

/** Whether the paragraph before a block announces what code prints or makes: `Generated SQL:`, `It prints:`. */
const isOutput = (before: RootContent | undefined): boolean =>
  before?.type === 'paragraph' && ANNOUNCES_OUTPUT.test(plainText(before).trim())

const ANNOUNCES_OUTPUT =
  /^(?:generated \w{1,20}|(?:the )?(?:(?:console|expected|sample) )?(?:outputs?|results?))(?: is)?:$|\b(?:outputs|prints|produces|yields)(?: [\w'-]{1,20}){0,3}:$/i

/** Whether a block is a part of a Go program that only declares something: `func (m model) Init() tea.Cmd {`. */
const isDeclaration = ({ lang, value }: Code): boolean =>
  /^go(?:lang)?$/i.test(lang ?? '') &&
  !/^func (?:main|Example\w*|Test\w*)\(/m.test(value) &&
  value.split('\n').every((line) => /^(?:func\b|type\b|\/\/|[ \t)}]|$)/.test(line))

/** Whether all braces are closed: a part of a function that continues after the text cannot be understood alone. */
const isBalanced = ({ value }: Code): boolean => value.split('{').length === value.split('}').length

/** Weight of an example below a heading on usage, or before the second heading. */
const TOLD = 3
/** Weight of an example that disables something, or is below a heading on another topic. */
const POOR = 4
/** Weight of an example below a heading on settings, which come after the use. */
const OF_SETTINGS = 2
const SETTINGS = /\b(?:config\w*|limits?|options?|settings?)\b/i
const OFF_TOPIC =
  /\b(?:test(?:s|ing)?|troubleshooting|migrat\w+|upgrad\w+|deprecat\w+|performance|benchmarks?|develop(?:ment|ing)|contribut\w+|limitations?|caveats|alternatives?|comparison|disabl\w+|debug\w*)\b/i
const SWITCHES_OFF = /^[^\n]{0,120}\b(?:enabled?\s{0,2}[=:]\s{0,2}(?:false|False|0)|disable[d!]?)\b[^\n]{0,80}$/

/** Matches a line of a user's manifest: `gem "orbit"`, `implementation("org.orbit:orbit:1.2")`. */
const IN_MANIFEST =
  /^(?:(?:gem|pod|source)\s|(?:test)?(?:implementation|api|compile|compileOnly|runtimeOnly|classpath|ksp|kapt)\b|(?:dependencies|repositories|plugins|resolvers|sourceSets|commonMain|group)\b|mavenCentral\(|maven\b|id\s?\(?["']|libraryDependencies\b|addSbtPlugin\b|\.?(?:package|product|target)\(|val commonMain\b|use_frameworks|install_package|\/\/.*$|#(?:\s.*)?$|(?:ivy|mvn)?["'][^"']*["'](?:\s?%{1,3}\s?["'][^"']*["'])*,?(?:\s*\/\/.*)?$|[)\]}{(,;]*$)/

function isInstallation({ value }: Code): boolean {
  return value.split('\n').every((line) => IN_MANIFEST.test(line.trim()))
}

/** Whether a block only lists signatures: `match(command: Command) -> bool`. */
const isSignatures = ({ value }: Code): boolean =>
  value.split('\n').every((line) => /^(?:[\w.]{1,80}\([^()\n]{0,200}\) -> [^\n]{1,200})?$/.test(line.trim()))
