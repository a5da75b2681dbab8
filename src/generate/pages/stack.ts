/** What the project is built on: the packages that its manifests at the root say it needs when it runs. */

import type { RootContent } from 'mdast'
import { code, heading, type Inline, list } from '#markdown/build.ts'
import { readSections } from './toml.ts'
import { few } from './words.ts'
import type { Writing } from './writing.ts'

const MAX_NAMES = 24
const MAX_CHARS = 500_000
const NAME = /^@?[\w.-]{1,80}(?:[/:][\w./-]+(?::[\w./-]+)*)?$/

/** Names of packages in a manifest, in its order. */
const READERS: ReadonlyMap<string, (text: string) => string[]> = new Map([
  ['package.json', ofPackageJson],
  ['pyproject.toml', ofPyProject],
  ['requirements.txt', ofRequirements],
  ['go.mod', ofGoMod],
  ['Cargo.toml', (text) => keysOf(text, ['dependencies', 'workspace.dependencies'])],
  ['composer.json', (text) => keysOfJson(text, 'require').filter((name) => name.includes('/'))],
  ['Gemfile', (text) => [...text.matchAll(/^ *gem +["']([\w-]{1,80})["']/gm)].map((match) => match[1] ?? '')],
])

/** A section with a line for each manifest that names what it needs; nothing where none does. */
export function stack({ survey, sources, texts }: Writing): RootContent[] {
  const items = [...READERS].flatMap(([path, read]): Inline[][] => {
    const text = survey.files.get(path)?.text
    const names = text === undefined || text === null ? [] : read(text.slice(0, MAX_CHARS))
    const good = [...new Set(names.filter((name) => NAME.test(name)))]
    if (good.length === 0) return []
    return [
      [
        ...sources.file(path),
        texts.colon,
        ...few(
          good.map((name): Inline[] => [code(name)]),
          MAX_NAMES,
          texts,
        ),
      ],
    ]
  })
  return items.length === 0 ? [] : [heading(2, texts.launch.builtOn), list(items)]
}

function ofPackageJson(text: string): string[] {
  return [...keysOfJson(text, 'dependencies'), ...keysOfJson(text, 'peerDependencies')]
}

function keysOfJson(text: string, key: string): string[] {
  try {
    const root: unknown = JSON.parse(text)
    const found =
      typeof root === 'object' && root !== null ? Object.entries(root).find(([name]) => name === key) : undefined
    const value: unknown = found?.[1]
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
  } catch {
    return []
  }
}

/** `dependencies = ["click>=8", …]` of PEP 621, or the table of poetry. */
function ofPyProject(text: string): string[] {
  const names: string[] = []
  let section = ''
  let isOpen = false
  for (const line of text.split('\n')) {
    if (!isOpen) section = /^\[([\w.-]+)\]/.exec(line)?.[1] ?? section
    const start = section === 'project' ? /^dependencies\s*=\s*\[/.exec(line) : null
    if (start !== null) isOpen = true
    if (!isOpen) continue
    const rest = line.slice(start?.[0].length ?? 0).replace(/#.*/, '')
    for (const match of rest.matchAll(/(["'])\s*([\w.-]{1,80})(?![\w.-])[^"']*\1/g)) names.push(match[2] ?? '')
    if (/\]\s*$/.test(rest.replace(/(["'])[^"']*\1/g, ''))) isOpen = false
  }
  return [...names, ...keysOf(text, ['tool.poetry.dependencies']).filter((name) => name !== 'python')]
}

function ofRequirements(text: string): string[] {
  return text.split('\n').flatMap((line) => /^([A-Za-z0-9][\w.-]{0,79})(?![\w.\-/:])/.exec(line)?.[1] ?? [])
}

/** Direct ones only: `// indirect` stands behind the others. */
function ofGoMod(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.includes('//'))
    .flatMap((line) => /^(?:require)?\s+([\w.-]+\/[\w./-]{1,120}) v\S+\s*$/.exec(line)?.[1] ?? [])
    .filter((name) => /^[^/]+\.[^/]/.test(name))
}

function keysOf(text: string, sections: readonly string[]): string[] {
  const all = readSections(text)
  return sections.flatMap((name) => [...(all.get(name)?.keys() ?? [])]).map((key) => key.split('.')[0] ?? key)
}
