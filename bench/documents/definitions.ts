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
    ),
    ...tagsOf(folder, files),
  ]
}

const NOT_CODE =
  /(?:^|\/)(?:[^/]*[-_.])?(?:tests?|spec|specs|testing|testdata|fixtures?|examples?|benchmarks?|perf|benches|node_modules|vendor|third_party|__tests__|docs?)(?:[-_.][^/]*)?(?:\/|$)|[^/]*(?:_test|\.test|\.spec|Test|Tests)\.\w+$|(?:^|\/)test_[^/]*$|(?:^|\/)conftest\.py$|\.d\.ts$|\.min\.js$/i

/** What each module gives away by name, and the public members of its classes and interfaces. */
function scriptsOf(folder: string, files: readonly string[]): Defined[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(path.join(folder, file), 'utf8'),
      ts.ScriptTarget.Latest,
      false,
    )
    const found: Defined[] = []
    const add = (name: ts.Node | undefined): void => {
      if (name === undefined || !ts.isIdentifier(name)) return
      found.push({ file, name: name.text, line: source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1 })
    }
    for (const statement of source.statements) {
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
  return tags.filter(isPublic).map(({ path, name, line }) => ({ file: path, name, line }))
}

/** By the rules of each language, as far as a tag shows them. */
function isPublic(tag: Tag): boolean {
  if (KINDS[tag.language]?.includes(tag.kind) !== true || /^__anon|^anonymous/.test(tag.name)) return false
  if (/^(?:function|method|member|func)$/.test(tag.scopeKind ?? '')) return false
  switch (tag.language) {
    case 'Python':
      return ![...(tag.scope ?? '').split('.'), tag.name].some((part) => part.startsWith('_'))
    case 'Go':
      return /^\p{Lu}/u.test(tag.name)
    case 'C':
      return tag.file !== true || tag.path.endsWith('.h')
    case 'Java':
    case 'C#':
      return tag.access === 'public'
    case 'Rust':
      return tag.access === 'public'
    default:
      return true
  }
}
