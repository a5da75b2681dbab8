/** For now: packages from what the analysis knows of manifests. To be deleted when manifests are read as data. */

import type { Analysis, Ecosystem, Package, SourceFile } from '#generate/model.ts'

const ECOSYSTEMS: Readonly<Record<string, Ecosystem>> = {
  'package.json': 'npm',
  'pyproject.toml': 'pypi',
  'setup.cfg': 'pypi',
  'setup.py': 'pypi',
  'Cargo.toml': 'cargo',
  'go.mod': 'go',
  'composer.json': 'packagist',
  'pom.xml': 'maven',
}
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts']

export function packagesOf(analysis: Analysis, files: ReadonlyMap<string, SourceFile>): Package[] {
  const found = new Map<string, Package>()
  for (const { kind, name, file: manifest, detail } of analysis.artifacts.nodes) {
    const base = manifest.slice(manifest.lastIndexOf('/') + 1)
    const ecosystem = ECOSYSTEMS[base] ?? (base.endsWith('.gemspec') ? 'rubygems' : undefined)
    const folder = manifest.slice(0, Math.max(0, manifest.lastIndexOf('/')))
    if (kind !== 'package' || ecosystem === undefined || found.has(`${ecosystem} ${folder}`)) continue
    const json: Json = base === 'package.json' ? parse(files.get(manifest)?.text ?? '') : {}
    const inside = (path: string): string => (folder === '' ? path : `${folder}/${path}`)
    const entries =
      ecosystem === 'npm' ? entriesOfNpm(json, inside, files) : entriesByForm(ecosystem, name, inside, files)
    const about = { ecosystem, name, manifest, folder, version: null, description: detail || null, licence: null }
    const nothing = { dependencies: [], programs: [], scripts: [] }
    found.set(`${ecosystem} ${folder}`, { ...about, isPrivate: json.private === true, ...nothing, entries })
  }
  return [...found.values()]
}

type Json = {
  private?: unknown
  exports?: unknown
  source?: unknown
  types?: unknown
  module?: unknown
  main?: unknown
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

function entriesByForm(
  ecosystem: Ecosystem,
  name: string,
  inside: (path: string) => string,
  files: ReadonlyMap<string, SourceFile>,
) {
  const stem = name.replaceAll('-', '_')
  const tries: Partial<Record<Ecosystem, string[]>> = {
    pypi: [stem, stem.toLowerCase()].flatMap((one) =>
      ['src/', ''].flatMap((root) => [`${root}${one}/__init__.py`, `${root}${one}.py`]),
    ),
    cargo: ['src/lib.rs'],
    rubygems: [`lib/${name}.rb`, `lib/${name.replaceAll('-', '/')}.rb`],
  }
  const file = tries[ecosystem]?.map(inside).find((path) => files.has(path))
  return file === undefined ? [] : [{ subpath: '.', file }]
}

function entriesOfNpm(json: Json, inside: (path: string) => string, files: ReadonlyMap<string, SourceFile>) {
  const isMap =
    typeof json.exports === 'object' &&
    json.exports !== null &&
    Object.keys(json.exports).some((key) => key.startsWith('.'))
  const main = json.exports ?? [json.source, json.types, json.module, json.main, 'index']
  const subpaths: [string, unknown][] = isMap ? Object.entries(json.exports as object) : [['.', main]]
  return subpaths.flatMap(([subpath, target]) => {
    const file = subpath.includes('*')
      ? undefined
      : leaves(target)
          .map((leaf) => sourceOf(leaf, inside, files))
          .find((path) => path !== undefined)
    return file === undefined ? [] : [{ subpath, file }]
  })
}

const leaves = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(leaves)
      : []

function sourceOf(
  leaf: string,
  inside: (path: string) => string,
  files: ReadonlyMap<string, SourceFile>,
): string | undefined {
  const stem = leaf.replace(/^\.\//, '').replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '')
  const bare = stem.replace(/^(?:(?:dist|build|lib|out|esm|cjs|es|types)\/)+/, '')
  const stems = [`src/${bare}`, bare, stem, `${stem}/index`, `src/${bare}/index`]
  return stems.flatMap((one) => EXTENSIONS.map((extension) => inside(one + extension))).find((path) => files.has(path))
}
