/** The facts of a repository's manifests that pages show. What a manifest should say but does not is left out. */

import type { SourceFile } from '#generate/model.ts'
import { readSections } from './toml.ts'

/** What `package.json` says, as far as it has the usual form. */
export interface PackageJson {
  name: string | null
  description: string | null
  license: string | null
  /** The package manager that it asks for. */
  manager: string | null
  bin: [string, string][]
  /** `main`, `module`, `browser`, `types`, with their paths. */
  mains: [string, string][]
  exports: string[]
  scripts: [string, string][]
}

export function readPackageJson(file: SourceFile | undefined): PackageJson | null {
  const root = parseRecord(file?.text ?? '')
  if (root === null) return null
  const name = textOr(root.name)
  const bin = typeof root.bin === 'string' && name !== null ? { [name.replace(/^@[^/]*\//, '')]: root.bin } : root.bin
  const exports = root.exports
  return {
    name,
    description: textOr(root.description),
    license: textOr(root.license),
    manager: /^(npm|pnpm|yarn|bun)@/.exec(textOr(root.packageManager) ?? '')?.[1] ?? null,
    bin: texts(bin),
    mains: ['main', 'module', 'browser', 'types'].flatMap((key): [string, string][] => {
      const value = textOr(root[key])
      return value === null ? [] : [[key, value]]
    }),
    exports: isRecord(exports) ? Object.keys(exports).filter((key) => key.startsWith('.')) : [],
    scripts: texts(root.scripts),
  }
}

/** What `pyproject.toml` says, in the tables of PEP 621 and of poetry. */
export interface PyProject {
  description: string | null
  license: string | null
  /** Commands and the `module:function` that each runs. */
  scripts: [string, string][]
  /** Tools that it configures: `pytest`, `ruff`, … */
  tools: string[]
}

export function readPyProject(file: SourceFile | undefined): PyProject | null {
  if (file?.text === null || file === undefined) return null
  const sections = readSections(file.text)
  const value = (key: string): string | null =>
    sections.get('project')?.get(key) || sections.get('tool.poetry')?.get(key) || null
  const tables = ['project.scripts', 'project.gui-scripts', 'tool.poetry.scripts']
  const tools = [...sections.keys()].flatMap((name) => /^tool\.([\w-]+)/.exec(name)?.[1] ?? [])
  return {
    description: value('description'),
    license: value('license'),
    scripts: tables.flatMap((name) => [...(sections.get(name) ?? [])]).filter(([, target]) => target !== ''),
    tools: [...new Set(tools)],
  }
}

/** Target names of a Makefile with the comment `## …` behind them, in order. */
export function readMakeTargets(text: string): [string, string][] {
  const targets = new Map<string, string>()
  for (const line of text.slice(0, 200_000).split('\n')) {
    const match = /^([A-Za-z0-9][\w./-]{0,60}) *:(?![=:])([^#]*)(?:##+(?!#) *(?! )(.*))?$/.exec(line)
    if (match?.[1] !== undefined && !targets.has(match[1]) && !match[1].includes('.'))
      targets.set(match[1], match[3]?.trim() ?? '')
  }
  return [...targets]
}

/** The text that a JSON manifest has under a key. */
export function readScalar(file: SourceFile | undefined, key: 'license'): string | null {
  return textOr(parseRecord(file?.text ?? '')?.[key])
}

/** Scripts by name, of a JSON manifest that holds them under a key: a command, a list of them, or a record with one. */
export function readScripts(text: string | null, key: 'scripts' | 'tasks'): [string, string][] {
  const scripts = parseRecord(text ?? '')?.[key]
  if (!isRecord(scripts)) return []
  return Object.entries(scripts).flatMap(([name, value]): [string, string][] => {
    const command = isRecord(value) ? value.command : value
    const lines = (Array.isArray(command) ? command : [command]).filter((line) => typeof line === 'string')
    return lines.length === 0 ? [] : [[name, lines.join(' && ')]]
  })
}

/** Names of the recipes of a justfile that people call, in order. */
export function readRecipes(text: string): string[] {
  const found = text
    .slice(0, 200_000)
    .split('\n')
    .flatMap((line) => /^@?([a-z][\w-]{0,60})(?: [^:=]*)?:(?!=)/i.exec(line)?.[1] ?? [])
  return [...new Set(found)].filter((name) => !['alias', 'set', 'export', 'import', 'mod'].includes(name))
}

function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 2_000) : null
}

function texts(value: unknown): [string, string][] {
  if (!isRecord(value)) return []
  return Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
}
