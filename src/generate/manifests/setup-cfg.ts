/** Reads setup.cfg of setuptools. Values from `file:` or `attr:` are unknown. */

import { readSections } from '#generate/formats/read-ini.ts'
import { dependencies } from './package-draft.ts'
import type { PythonFacts } from './python-facts.ts'
import type { RepositoryFiles } from './repository-files.ts'
import { entryPoints, extraDependencies, requiredNames, requirements } from './requirement.ts'

export function readSetupCfg(path: string, files: RepositoryFiles): PythonFacts | undefined {
  const sections = readSections(files.text(path))
  const text = (section: string, key: string): string | undefined => {
    const value = sections.get(section)?.get(key)?.text.trim()
    return value === undefined || value === '' || /^(?:file|attr|find|find_namespace)\s*:|%\(/.test(value)
      ? undefined
      : value
  }
  const lines = (section: string, key: string): string[] | undefined =>
    text(section, key)
      ?.split(/[\n;](?!\s*(?:python|sys|os|platform|extra))/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const required = lines('options', 'install_requires')
  const extras = [...(sections.get('options.extras_require') ?? [])].flatMap(([extra, { text }]) =>
    extraDependencies(extra, text.split('\n')),
  )
  const programs = ['console_scripts', 'gui_scripts'].flatMap((key) => {
    const { text = '', startLine = 1 } = sections.get('options.entry_points')?.get(key) ?? {}
    return text.split('\n').flatMap((line, index) => {
      const at = startLine + index
      return entryPoints([line], { startLine: at, endLine: at })
    })
  })
  if (!sections.has('metadata') && !sections.has('options')) return undefined
  return {
    name: text('metadata', 'name'),
    lines: sections.get('metadata')?.get('name'),
    version: text('metadata', 'version'),
    python: text('options', 'python_requires'),
    description: text('metadata', 'description') ?? text('metadata', 'summary'),
    licence: text('metadata', 'license') ?? text('metadata', 'license_expression'),
    runtime: required === undefined ? undefined : requirements(required),
    others: [...extras, ...dependencies(requiredNames(lines('options', 'setup_requires') ?? []), 'build')],
    programs,
    modules: ['packages', 'py_modules'].flatMap((key) =>
      (lines('options', key) ?? []).filter((one) => /^[\w.]+$/.test(one)),
    ),
    roots: (lines('options', 'package_dir') ?? []).flatMap((line) =>
      line.startsWith('=') ? line.slice(1).trim() : [],
    ),
  }
}
