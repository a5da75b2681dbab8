/** Reads setup.py: arguments of `setup(…)` that are literals, names of literals, or from a file that it executes. Nothing is run. */

import { PYTHON } from '#generate/formats/lexical-rules.ts'
import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { dependencies } from './package-draft.ts'
import type { PythonFacts } from './python-facts.ts'
import { PythonLiterals } from './python-literals.ts'
import type { RepositoryFiles } from './repository-files.ts'
import { entryPoints, extraDependencies, requiredNames, requirements } from './requirement.ts'

export function readSetupPy(path: string, files: RepositoryFiles): PythonFacts | undefined {
  const masked = files.code(path, PYTHON)
  if (masked === undefined) return undefined
  const literals = new PythonLiterals(masked)
  const given = literals.argumentsOf(/(?<![\w.])(?:setuptools\.)?setup\s{0,5}\(/)
  if (given === undefined) return undefined
  const text = (key: string): string | undefined =>
    literals.text(given.get(key)) ?? executedValue(masked, given.get(key), folderOf(path), files)
  const required = literals.texts(given.get('install_requires'))
  const groups = literals.lists(given.get('entry_points'))
  const scripts = groups.filter(([group]) => /^(?:console|gui)_scripts$/.test(group)).flatMap(([, lines]) => lines)
  return {
    name: text('name'),
    version: text('version'),
    python: text('python_requires'),
    description: text('description'),
    licence: text('license'),
    runtime: required === undefined ? undefined : requirements(required),
    others: [
      ...literals.lists(given.get('extras_require')).flatMap(([extra, names]) => extraDependencies(extra, names)),
      ...dependencies(requiredNames(literals.texts(given.get('tests_require')) ?? []), 'development', 'test'),
      ...dependencies(requiredNames(literals.texts(given.get('setup_requires')) ?? []), 'build'),
    ],
    programs: entryPoints(scripts),
    modules: ['packages', 'py_modules'].flatMap((key) => literals.texts(given.get(key)) ?? []),
    roots: literals.lists(given.get('package_dir')).flatMap(([module, folders]) => (module === '' ? folders : [])),
  }
}

/** `about['__title__']`, which `exec` of a file has filled. */
const EXECUTED = /^\w{1,40}\[\s{0,4}['"](__\w{1,40}__)['"]\s{0,4}\]$/
const MAX_CHARS = 20_000

/** The value of a variable in the only Python file that setup.py names, if setup.py executes a file. */
function executedValue(
  { text, code }: MaskedCode,
  span: Span | undefined,
  folder: string,
  files: RepositoryFiles,
): string | undefined {
  const [, variable] = EXECUTED.exec(span === undefined ? '' : text.slice(span.start, span.end).trim()) ?? []
  if (variable === undefined || !/\bexec\s{0,4}\(/.test(code)) return undefined
  const named = [...text.matchAll(/['"]([\w./-]{1,100}\.py)['"]/g)].map(([, name = '']) => nameOf(name))
  const [name, ...others] = new Set(named.filter((one) => one !== 'setup.py'))
  if (name === undefined || others.length > 0) return undefined
  const places = [folder, ...files.foldersWith(folder, name), ...files.foldersWith(inFolder(folder, 'src'), name)]
  const found = places.map((one) => inFolder(one, name)).find((one) => files.isFile(one))
  const lines = files
    .text(found ?? '')
    .slice(0, MAX_CHARS)
    .split('\n')
  const line = lines.find((one) => one.startsWith(`${variable} =`)) ?? ''
  return /^\w{1,44} = (?:"([^"\\]{1,300})"|'([^'\\]{1,300})')/
    .exec(line)
    ?.slice(1)
    .find((value) => value !== undefined)
}
