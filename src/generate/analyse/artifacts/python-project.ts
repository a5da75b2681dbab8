/** pyproject.toml and setup.cfg: the project, its scripts, and the modules and functions that they call. */

import { at, entriesAt, type Located, textAt } from '#generate/formats/located.ts'
import { readSections } from '#generate/formats/read-ini.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

const SCRIPTS = [
  ['project', 'scripts'],
  ['project', 'gui-scripts'],
  ['tool', 'poetry', 'scripts'],
]

export const pyproject: Format = {
  fits: (path) => nameOf(path) === 'pyproject.toml',
  read: (file, builder, repository) => {
    const manifest = repository.values(file.path)
    const folder = folderOf(file.path)
    const project = at(manifest, 'project') ?? at(manifest, 'tool', 'poetry')
    const name = textAt(project, 'name')
    if (project !== undefined && name !== undefined) {
      const { startLine, endLine } = project
      builder.add({ kind: 'package', name, startLine, endLine, detail: textAt(project, 'description') ?? '' })
    }
    const roots = rootsOf(manifest)
    for (const { key, startLine, value } of SCRIPTS.flatMap((path) => entriesAt(manifest, ...path))) {
      const target = value.isString === true ? value.text : (textAt(value, 'callable') ?? textAt(value, 'reference'))
      if (target === undefined) continue
      addScript({ name: key, target, startLine, endLine: value.endLine }, roots, folder, builder, repository)
    }
  },
}

export const setupCfg: Format = {
  fits: (path) => nameOf(path) === 'setup.cfg',
  read: (file, builder, repository) => {
    const sections = readSections(file.text)
    const name = sections.get('metadata')?.get('name')
    if (name !== undefined && !/[:%]/.test(name.text)) {
      const { text, startLine, endLine } = name
      builder.add({ kind: 'package', name: text, startLine, endLine })
    }
    const packageDir = sections.get('options')?.get('package_dir')?.text ?? ''
    const root = /^[ \t]*=[ \t]*(\S+)[ \t]*$/m.exec(packageDir)?.[1]
    const roots = root === undefined ? ['', 'src'] : [root]
    for (const group of ['console_scripts', 'gui_scripts']) {
      const scripts = sections.get('options.entry_points')?.get(group)
      for (const [index, line] of (scripts?.text ?? '').split('\n').entries()) {
        const [, script, target] = /^\s*([\w.-]+)\s*=\s*([\w.:]+)/.exec(line) ?? []
        if (scripts === undefined || script === undefined || target === undefined) continue
        const lineNumber = scripts.startLine + index
        const found = { name: script, target, startLine: lineNumber, endLine: lineNumber }
        addScript(found, roots, folderOf(file.path), builder, repository)
      }
    }
  },
}

interface EntryPoint {
  name: string
  /** `package.module:function` */
  target: string
  startLine: number
  endLine: number
}

function addScript(
  { name, target, startLine, endLine }: EntryPoint,
  roots: readonly string[],
  folder: string,
  builder: ArtifactBuilder,
  repository: Repository,
): void {
  const id = builder.add({ kind: 'script', name, key: `scripts.${name}`, startLine, endLine, detail: target })
  const [module = '', attribute = ''] =
    target
      .split('[')[0]
      ?.trim()
      .split(/(?:(?<!\s)\s+)?:\s*/) ?? []
  if (!/^[\w.]+$/.test(module)) return
  const stem = module.replaceAll('.', '/')
  const files = roots.flatMap((root) =>
    [`${stem}.py`, `${stem}/__init__.py`].flatMap((path) => repository.fileAt(folder, inFolder(root, path)) ?? []),
  )
  const [only] = files
  if (files.length !== 1 || only === undefined) return
  const component = `${only}#${attribute}`
  builder.link(id, repository.isComponent(component) ? component : only, 'runs')
}

/** The source folders that the manifest names, and the two defaults of build tools. */
function rootsOf(manifest: Located | undefined): string[] {
  const setuptools = textAt(manifest, 'tool', 'setuptools', 'package-dir', '')
  const poetry = (at(manifest, 'tool', 'poetry', 'packages')?.items ?? []).flatMap((one) => textAt(one, 'from') ?? [])
  const where = (at(manifest, 'tool', 'setuptools', 'packages', 'find', 'where')?.items ?? []).flatMap(
    (one) => one.text ?? [],
  )
  const named = [...(setuptools === undefined ? [] : [setuptools]), ...poetry, ...where]
  return [...new Set([...named.map((root) => (root === '.' ? '' : root)), '', 'src'])]
}
