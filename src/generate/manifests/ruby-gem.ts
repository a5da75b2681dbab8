/** Reads Ruby's *.gemspec and Gemfile: literals and lists of literals. Nothing is run. */

import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { RUBY } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, inFolder } from '#generate/paths.ts'
import { conditionsIn } from './conditions.ts'
import { DEVELOPMENT_GROUP, dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** At the start of a line or, in a block on one line, after `|s|` or `;`. */
const SETTING =
  /(?:^|[|;])[ \t]{0,40}\w{1,40}\.(name|version|required_ruby_version|require_paths?|summary|description|licenses?|bindir|executables)[ \t]{0,40}(?:=|<<|\+=)[ \t]{0,40}((?:(?:%w)?\[[^\][]{0,300}\])?[^\n;]{0,300})/gm
const DEPENDENCY =
  /(?:^|[|;])[ \t]{0,40}\w{1,40}\.add_(runtime_|development_)?dependency\b[ \t(]{0,10}(?:"|%q[<({[]([\w.-]{1,100})[>)}\]])/gm
const NEW = /\bGem::Specification\.new[ (]{1,10}(?=")/
const PUSH_HOST = /\bmetadata\[(?="~{17}")[^\]]{0,30}\][ \t]{0,10}=[ \t]{0,10}(?=")/g

/** The literals of a gemspec that name the gem and its programs. */
export interface Gemspec {
  name: string
  /** The line of the name. */
  line: number
  description: string | undefined
  programs: Package['programs']
  masked: MaskedCode
  settings: ReadonlyMap<string, string[]>
}

export function gemspecAt(path: string, files: RepositoryFiles): Gemspec | undefined {
  const masked = files.code(path, RUBY)
  if (masked === undefined) return undefined
  const { texts: settings, nameAt = NEW.exec(masked.code)?.index } = settingsOf(masked)
  const first = (key: string): string | undefined => settings.get(key)?.[0]
  const named = NEW.exec(masked.code)
  const name = first('name') ?? (named === null ? undefined : masked.literals.get(named.index + named[0].length))
  if (name === undefined) return undefined
  const folder = inFolder(folderOf(path), first('bindir') ?? 'bin')
  // A computed list contains the files of the folder, which nearly always include one named after the gem.
  const isComputed = !settings.has('executables') && /\.executables\b/.test(masked.code)
  const own = isComputed && files.isFile(inFolder(folder, name)) ? [name] : []
  return {
    name,
    line: masked.lineAt(nameAt ?? 0),
    description: first('summary') ?? first('description'),
    programs: (settings.get('executables') ?? own).map((one) => ({ name: one, runs: inFolder(folder, one) })),
    masked,
    settings,
  }
}

/** The folders that a gemspec puts on the load path; none if it does not name them. */
export function requirePathsIn(text: string): string[] {
  const masked = MaskedCode.of(text, RUBY)
  const settings = masked === undefined ? undefined : settingsOf(masked).texts
  return ['require_paths', 'require_path'].flatMap((key) => settings?.get(key) ?? [])
}

export function readGemspec(path: string, files: RepositoryFiles): Package | undefined {
  const gem = gemspecAt(path, files)
  if (gem === undefined) return undefined
  const { name, description, programs, masked, settings } = gem
  const conditionAt = conditionsIn(masked.text)
  const first = (key: string): string | undefined => settings.get(key)?.[0]
  const library = [`lib/${name}.rb`, `lib/${name.replaceAll('-', '/')}.rb`, `lib/${name.replaceAll('-', '_')}.rb`]
    .map((one) => files.fileAt(folderOf(path), one))
    .find((one) => one !== undefined)
  const hosts = [...masked.code.matchAll(PUSH_HOST)].flatMap((match) => {
    const key = masked.literals.get(match.index + match[0].indexOf('"'))
    const value = masked.literals.get(match.index + match[0].length)
    return key === 'allowed_push_host' && value !== undefined ? [value] : []
  })
  return newPackage('rubygems', path, {
    name,
    version: first('version'),
    needs: ['Ruby', first('required_ruby_version')],
    description,
    licence: first('license') ?? first('licenses'),
    isPrivate: hosts.some((host) => host !== 'https://rubygems.org'),
    dependencies: [...masked.code.matchAll(DEPENDENCY)].flatMap((match) => {
      const required = match[2] ?? masked.literals.get(match.index + match[0].length - 1)
      return required === undefined
        ? []
        : dependencies(
            [required],
            match[1] === 'development_' ? 'development' : 'runtime',
            conditionAt(match.index + match[0].length),
          )
    }),
    programs,
    tools: ['gem'],
    entries: library === undefined ? [] : [{ subpath: '.', file: library }],
  })
}

/** The strings of each setting, from one value or a list, and the position of the first name. */
function settingsOf(masked: MaskedCode): { texts: Map<string, string[]>; nameAt: number | undefined } {
  const found = new Map<string, string[]>()
  let nameAt: number | undefined
  for (const match of masked.code.matchAll(SETTING)) {
    const [all, key = '', value = ''] = match
    const start = match.index + all.length - value.length
    const words = /^(?:\[[ \t]{0,10})?%w[[({]([\w\s./-]*)[\])}]/
      .exec(value)?.[1]
      ?.split(/\s/)
      .filter((word) => word !== '')
    const texts = words ?? textsIn(masked, start, value)
    for (const text of texts) push(found, key, text)
    if (value.trim() === '[]') found.set(key, texts)
    if (key === 'name' && texts.length > 0) nameAt ??= start
  }
  return { texts: found, nameAt }
}

/** Literals on consecutive lines, which Ruby joins: `"a" \` and `"b"`. */
const JOINED = /"~{0,1000}"(?:[ \t]{0,20}\\\r?\n[ \t]{0,80}"~{0,1000}"){1,20}/y

/** `"a"`, `"a".freeze`, `["a", "b"]`, `"a" \ "b"` on two lines; nothing for an expression. */
function textsIn(masked: MaskedCode, start: number, value: string): string[] {
  JOINED.lastIndex = start
  const [joined] = JOINED.exec(masked.code) ?? []
  if (joined !== undefined)
    return [[...joined.matchAll(/"~*"/g)].map((one) => masked.literals.get(start + one.index) ?? '').join('')]
  if (!/^(?:"~*"(?:\.freeze)?|\[[^\](){}]*\](?:\.freeze)?)[ \t]*(?:(?:\}|end)[ \t]*)?$/.test(value)) return []
  return [...value.matchAll(/"~*"/g)].flatMap((one) => masked.literals.get(start + one.index) ?? [])
}

export function readGemfile(path: string, files: RepositoryFiles): Package | undefined {
  const masked = files.code(path, RUBY)
  if (masked === undefined) return undefined
  // The Gemfile of a gem lists dependencies for its developers.
  const isOfGem = files.filesIn(folderOf(path)).some((file) => file.endsWith('.gemspec'))
  return newPackage('rubygems', path, { dependencies: gemsOf(masked, files.text(path), isOfGem), tools: ['bundle'] })
}

function gemsOf(masked: MaskedCode, text: string, isOfGem: boolean): Dependency[] {
  const conditionAt = conditionsIn(text)
  const found: Dependency[] = []
  /** The groups and platforms of each open block; empty for blocks that restrict neither. */
  const blocks: { groups: string[]; platforms: string[] }[] = []
  const other = { groups: [], platforms: [] }
  let start = 0
  for (const line of masked.code.split('\n')) {
    const from = start
    start += line.length + 1
    if (line.length > 1_000) continue
    const words = line.trim()
    const [head] = /^(?:group|platforms?)\b/.exec(words) ?? []
    if (/\bdo(?:[ \t]*\|[^|]*\|)?$/.test(words)) {
      const named = head === undefined ? [] : groupsIn(masked, from, line)
      blocks.push(head === 'group' ? { ...other, groups: named } : { ...other, platforms: named })
    } else if (/^(?:if|unless|case|begin|def|while|until)\b/.test(words) && !/\bend$/.test(words)) blocks.push(other)
    else if (/^end\b/.test(words)) blocks.pop()
    const gem = /^([ \t]{0,40}gem[ \t(]{1,10})"/.exec(line)?.[1]
    const name = gem === undefined ? undefined : masked.literals.get(from + gem.length)
    if (gem === undefined || name === undefined) continue
    const given = (key: RegExp): string[] => {
      const inline = key.exec(line)
      return inline === null ? [] : groupsIn(masked, from, beforeNextKey(line, inline.index + inline[0].length))
    }
    const groups = [...blocks.flatMap((block) => block.groups), ...given(/\bgroups?:|:groups?[ \t]{0,10}=>/)]
    const platforms = [
      ...blocks.flatMap((block) => block.platforms),
      ...given(/\bplatforms?:|:platforms?[ \t]{0,10}=>/),
    ]
    const isDevelopment = isOfGem || (groups.length > 0 && groups.every((group) => DEVELOPMENT_GROUP.test(group)))
    const group = groups[0] ?? platforms[0] ?? conditionAt(from)
    append(found, dependencies([name], isDevelopment ? 'development' : 'runtime', group))
  }
  return found
}

/** The part of a line from a position to the next key, with the text before it replaced by spaces. */
function beforeNextKey(line: string, at: number): string {
  const rest = line.slice(at)
  const next = rest.search(/,[ \t]{0,10}\w{1,40}:(?!:)/)
  return ' '.repeat(at) + (next < 0 ? rest : rest.slice(0, next))
}

/** `:test, "docs"` */
function groupsIn(masked: MaskedCode, start: number, text: string): string[] {
  return [...text.matchAll(/:(\w{1,40})\b(?!:)|"~*"/g)].flatMap(
    (one) => one[1] ?? masked.literals.get(start + one.index) ?? [],
  )
}
