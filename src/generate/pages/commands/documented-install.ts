/** Finds the install command of a package as documents write it, with its program and options. */

import type { Package, SourceFile } from '#generate/model.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'

/** READMEs and documents about installation, which come before others. */
const DOCUMENT = /^(?:readme|install[\w-]{0,40})\.(?:md|markdown|rst|rdoc|txt)$/i
const MAX_DOCUMENTS = 20
const MAX_CHARS = 200_000
const MAX_LINE = 120
/** Matches a row of a table, quoted or not, and a cell with nothing but code. */
const ROW = /^[\s>]{0,12}\|/
const CELL = /^\s{0,60}`([^`]{1,120})`\s{0,200}$/
const REQUIRED: ReadonlySet<string> = new Set(['peer', 'optional'])
/** Matches a name with a tag of npm or a version query of Go: `orbit@next`, `orbit@latest`. */
const TAGGED = /^(\S{1,200})@[a-z]{1,30}$/
/** Matches a package with extras for users: `"orbit[maps]"`. */
const EXTRAS = /["']?(?<![\w.-])([\w.-]{1,100})\[(?!(?:all|dev\w*|docs?|lint|tests?)\b)[\w,.-]{1,80}\]["']?/
const TAG = /<\/?[a-z]{1,20}>/g

/**
 * The install command as the first document has it on a line or in a table cell of its own: `cargo install --locked orbit` for
 * `cargo install orbit`, possibly with optional and peer dependencies. If no document has it, the command is returned as it is, or
 * omitted for PHP packages with programs, which others seldom require except for development.
 */
export function installCommandOf(
  { inventory }: Writing,
  command: string,
  { dependencies, ecosystem, folder, programs, isForDevelopment }: Package,
): { command: string; document?: string }[] {
  const required = new Set(dependencies.flatMap(({ name, kind }) => (REQUIRED.has(kind) ? name : [])))
  const plain = withoutOptions(command)
  const isOf = (written: string): boolean => {
    const line = written.replace(EXTRAS, '$1')
    return (
      line === plain ||
      (line.startsWith(`${plain} `) &&
        line
          .slice(plain.length + 1)
          .split(' ')
          .every((name) => required.has(name)))
    )
  }
  const documents = inventory.files.filter(isDocument)
  const rank = ({ path }: SourceFile): number => (DOCUMENT.test(nameOf(path)) ? (folderOf(path) === folder ? 0 : 1) : 2)
  for (const { path, text } of documents.sort((a, b) => rank(a) - rank(b)).slice(0, MAX_DOCUMENTS)) {
    const found = (text ?? '')
      .slice(0, MAX_CHARS)
      .split('\n')
      .flatMap((line) => (ROW.test(line) ? line.split('|').map((cell) => CELL.exec(cell)?.[1] ?? '') : [line]))
      .map((line) =>
        line.length > MAX_LINE
          ? ''
          : line
              .replace(TAG, '')
              .trim()
              .replace(/^[$>%] /, ''),
      )
      .find((line) => isOf(withoutOptions(line)))
    if (found !== undefined) return [{ command: found, document: path }]
  }
  return ecosystem === 'packagist' && programs.length > 0 && isForDevelopment !== true ? [] : [{ command }]
}

/** Whether a crate is only for its repository, and no document says how to get or import it. */
export function isInnerCrate({ inventory }: Pick<Writing, 'inventory'>, { isInner, name }: Package): boolean {
  if (isInner !== true || name === null) return false
  const marks = ['crates.io/crates/', 'docs.rs/', 'cargo add ', 'cargo install '].map((start) => `${start}${name}`)
  marks.push(`${name} = `, `use ${name.replaceAll('-', '_')}::`)
  const isNamed = (text: string, mark: string): boolean =>
    text
      .split(mark)
      .slice(1)
      .some((rest) => mark.endsWith(' ') || mark.endsWith(':') || !/^[\w-]/.test(rest))
  return !inventory.files.some(
    (file) => isDocument(file) && marks.some((mark) => isNamed(file.text?.slice(0, MAX_CHARS) ?? '', mark)),
  )
}

const MAX_README = 3_000
const EXPERIMENTAL =
  /\b(?:do not|don['’]t|should not be|not to be) used? (?:(?:it|this) )?in production\b|\bnot (?:yet )?(?:ready|suitable) for production\b/i

/** Whether the README of a package below the top advises against its use. */
export function isExperimental({ repo }: Pick<Writing, 'repo'>, { folder }: Package): boolean {
  const readme = folder === '' ? undefined : repo.files.get(`${folder}/README.md`)
  return EXPERIMENTAL.test(readme?.text?.slice(0, MAX_README) ?? '')
}

/** `pip install orbit` for `python3 -m pip install --user orbit`, `npm install orbit` for `pnpm add -g orbit@next`. */
const withoutOptions = (line: string): string =>
  line
    .replace(/^(?:(?:(?:python3?|py) -m |uv )?pip3?|pipx|uv tool) install /, 'pip install ')
    .replace(/^bundle add /, 'gem install ')
    .replace(/^(?:bun|npm|pnpm|yarn)(?: global)? (?:add|i|install) /, 'npm install ')
    .split(/\s+/)
    .filter((word) => !/^--?[a-z][a-z-]{0,30}$/.test(word))
    .map((word) => word.replace(TAGGED, '$1'))
    .join(' ')
