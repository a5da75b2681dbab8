/**
 * What a repository defines for others, by somebody else's account: the TypeScript parser for TypeScript and JavaScript,
 * universal-ctags for all else. Public is what the language calls so, as far as a tag says it.
 */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ts from 'typescript'

export interface Defined {
  file: string
  name: string
  /** From 1. */
  line: number
}

const TSCONFIG = /(?:^|\/)tsconfig[^/]*\.json$/
/** The compiler leaves out of its declarations what is marked `@internal`. */
const STRIPS = /^\s*"stripInternal"\s*:\s*true\b/m
const SCRIPT = /\.[cm]?[jt]sx?$/
const KINDS: Readonly<Record<string, readonly string[]>> = {
  C: ['function', 'struct', 'enum', 'union', 'typedef'],
  'C#': ['class', 'interface', 'struct', 'enum', 'method', 'property'],
  Go: ['func', 'struct', 'interface', 'type'],
  Java: ['class', 'interface', 'enum', 'method'],
  Python: ['class', 'function', 'member'],
  Rust: ['function', 'struct', 'enum', 'interface', 'method'],
}

/** The public definitions in the files that git tracks, tests and examples left out by their paths. */
export function definitionsIn(folder: string): Defined[] {
  const files = execFileSync('git', ['-C', folder, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 })
    .split('\0')
    .filter((file) => file !== '' && !NOT_CODE.test(file))
  return [
    ...scriptsOf(
      folder,
      files.filter((file) => SCRIPT.test(file)),
      files.some((file) => TSCONFIG.test(file) && STRIPS.test(readFileSync(path.join(folder, file), 'utf8'))),
    ),
    ...tagsOf(folder, files),
  ]
}

const NOT_CODE =
  /(?:^|\/)(?:[^/]*[-_.])?(?:tests?|spec|specs|testing|testdata|fixtures?|examples?|benchmarks?|perf|benches|node_modules|vendor|third_party|__tests__|__mocks__|docs?)(?:[-_.][^/]*)?(?:\/|$)|[^/]*(?:_test|\.test|\.spec|Test|Tests)\.\w+$|(?:^|\/)test_[^/]*$|(?:^|\/)conftest\.py$|\.d\.ts$|\.min\.js$/i

/** What each module gives away by name, and the public members of its classes and interfaces. */
function scriptsOf(folder: string, files: readonly string[], isStripped: boolean): Defined[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(path.join(folder, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    )
    const found: Defined[] = []
    const add = (name: ts.Node | undefined): void => {
      if (name === undefined || !ts.isIdentifier(name)) return
      if (isStripped && isInternal(name.parent, source)) return
      found.push({ file, name: name.text, line: source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1 })
    }
    const given = givenAway(source)
    for (const statement of source.statements) {
      for (const name of assigned(statement, given)) add(name)
      const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
      if (!modifiers.some((one) => one.kind === ts.SyntaxKind.ExportKeyword)) continue
      if (ts.isVariableStatement(statement)) for (const one of statement.declarationList.declarations) add(one.name)
      else if (ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) {
        add(statement.name)
        for (const member of statement.members) if (isPublicMember(member)) add(member.name)
      } else if (
        ts.isFunctionDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement) ||
        ts.isEnumDeclaration(statement)
      )
        add(statement.name)
    }
    return found
  })
}

/** The variables that CommonJS gives away: `exports`, and `app` of `var app = module.exports = …` or `module.exports = app`. */
function givenAway(source: ts.SourceFile): Set<string> {
  const names = new Set(['exports'])
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const isGiven =
          initializer !== undefined && /^(?:exports\s*=\s*)?module\.exports\s*=/.test(initializer.getText(source))
        if (isGiven && ts.isIdentifier(name)) names.add(name.text)
      }
    }
    const text = statement.getText(source)
    const whole = /^module\.exports\s*=\s*([\w$]+)\s*;?$/.exec(text)?.[1]
    if (whole !== undefined) names.add(whole)
  }
  return names
}

/** `app.use = …`, `exports.json = …` at the top of a file. */
function assigned(statement: ts.Statement, given: ReadonlySet<string>): ts.Node[] {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return []
  const { left, right, operatorToken } = statement.expression
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left)) return []
  const isCode = ts.isFunctionExpression(right) || ts.isArrowFunction(right) || ts.isClassExpression(right)
  return isCode && ts.isIdentifier(left.expression) && given.has(left.expression.text) ? [left.name] : []
}

/** By the comment of its statement or member. */
function isInternal(node: ts.Node, source: ts.SourceFile): boolean {
  const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node
  return /@internal\b/.test(source.text.slice(whole.getFullStart(), whole.getStart(source)))
}

function isPublicMember(member: ts.ClassElement | ts.TypeElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : []
  return !modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword)
}

interface Tag {
  path: string
  name: string
  line: number
  kind: string
  language: string
  /** Its line, as a pattern to search for. */
  pattern: string
  access?: string
  file?: boolean
  scope?: string
  scopeKind?: string
}

function tagsOf(folder: string, files: readonly string[]): Defined[] {
  const output = execFileSync(
    'ctags',
    ['--output-format=json', `--languages=${Object.keys(KINDS).join(',')}`, '--fields=+nKlafsZ', '-f', '-', '-L', '-'],
    {
      cwd: folder,
      input: files.join('\n'),
      maxBuffer: 1 << 29,
      env: { ...process.env, TMPDIR: tmpdir() },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
  const tags = output
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Tag)
  const byName = new Map(tags.map((tag) => [keyOf(tag.path, tag.scope, tag.name), tag]))
  return tags
    .filter((tag) => isPublic(tag) && isInPublic(tag, byName))
    .map(({ path, name, line }) => ({ file: path, name, line }))
}

/** What it is a member of is public, as far as there is a tag of that. */
function isInPublic(tag: Tag, byName: ReadonlyMap<string, Tag>): boolean {
  const parts = (tag.scope ?? '').split(/\.|::/).filter((part) => part !== '')
  if (tag.language === 'Go' && parts.length > 1 && !/^\p{Lu}/u.test(parts.at(-1) ?? '')) return false
  for (let end = parts.length; end > 0; end--) {
    const holder = byName.get(keyOf(tag.path, parts.slice(0, end - 1).join('.'), parts[end - 1] ?? ''))
    if (holder?.kind === 'module' ? !SEEN.test(holder.pattern) : holder && TYPES.has(holder.kind) && !isPublic(holder))
      return false
  }
  return true
}

/** A line of Rust that shows what it declares to other crates, in a module that is shown as well. */
const SEEN = /^\/\^\s*pub\s/
const TYPES = new Set(['class', 'interface', 'struct', 'enum', 'union', 'trait'])

function keyOf(path: string, scope: string | undefined, name: string): string {
  return `${path}#${(scope ?? '').replaceAll('::', '.')}#${name}`
}

/** By the rules of each language, as far as a tag shows them. */
function isPublic(tag: Tag): boolean {
  if (KINDS[tag.language]?.includes(tag.kind) !== true || /^__anon|^anonymous/.test(tag.name)) return false
  if (/^(?:function|method|member|func)$/.test(tag.scopeKind ?? '')) return false
  // What implements a member of an interface by its full name can have no modifier and is private.
  if (tag.language === 'C#' && tag.name.includes('.')) return false
  switch (tag.language) {
    case 'Python':
      return ![...(tag.scope ?? '').split('.'), tag.name].some((part) => part.startsWith('_'))
    case 'Go':
      return /^\p{Lu}/u.test(tag.name)
    case 'C':
      return tag.file !== true || tag.path.endsWith('.h')
    case 'Java':
    case 'C#':
      // Of types a tag has the line, and not the access.
      return tag.access === 'public' || (tag.access === undefined && /\bpublic\b/.test(tag.pattern))
    case 'Rust':
      return SEEN.test(tag.pattern)
    default:
      return true
  }
}
