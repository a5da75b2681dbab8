/** Reads setup.py: arguments of `setup(…)` that are literals or names of literals. Nothing is run. */

import { PYTHON } from '#generate/formats/lexical-rules.ts'
import { dependencies } from './package-draft.ts'
import type { PythonFacts } from './python-facts.ts'
import { PythonLiterals } from './python-literals.ts'
import type { RepositoryFiles } from './repository-files.ts'
import { extraDependencies, programsOf, requiredNames, requirements } from './requirement.ts'

export function readSetupPy(path: string, files: RepositoryFiles): PythonFacts | undefined {
  const masked = files.code(path, PYTHON)
  if (masked === undefined) return undefined
  const literals = new PythonLiterals(masked)
  const given = literals.argumentsOf(/(?<![\w.])(?:setuptools\.)?setup\s{0,5}\(/)
  if (given === undefined) return undefined
  const required = literals.texts(given.get('install_requires'))
  const entryPoints = literals.lists(given.get('entry_points'))
  const scripts = entryPoints.filter(([group]) => /^(?:console|gui)_scripts$/.test(group)).flatMap(([, lines]) => lines)
  return {
    name: literals.text(given.get('name')),
    version: literals.text(given.get('version')),
    python: literals.text(given.get('python_requires')),
    description: literals.text(given.get('description')),
    licence: literals.text(given.get('license')),
    runtime: required === undefined ? undefined : requirements(required, 'runtime'),
    others: [
      ...literals.lists(given.get('extras_require')).flatMap(([extra, names]) => extraDependencies(extra, names)),
      ...dependencies(requiredNames(literals.texts(given.get('tests_require')) ?? []), 'development', 'test'),
      ...dependencies(requiredNames(literals.texts(given.get('setup_requires')) ?? []), 'build'),
    ],
    programs: programsOf(scripts),
    modules: ['packages', 'py_modules'].flatMap((key) => literals.texts(given.get(key)) ?? []),
    roots: literals.lists(given.get('package_dir')).flatMap(([module, folders]) => (module === '' ? folders : [])),
  }
}
