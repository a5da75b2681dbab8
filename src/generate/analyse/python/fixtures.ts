/** Resolves the fixtures of pytest: a parameter of a test receives the result of the fixture with its name. */

import { folderOf, inFolder } from '#generate/paths.ts'
import type { Definition } from './facts.ts'
import { lookUpInModule } from './names.ts'
import { nameKey } from './parts.ts'
import type { Program } from './program.ts'
import type { Value } from './values.ts'

const FIXTURE = /(?:^|\.)fixture$/

const isFixture = (definition: Definition): boolean => definition.decorators.some((name) => FIXTURE.test(name))

/** Limit on the parent folders that are searched for a `conftest.py`. */
const MAX_FOLDERS = 20

/** The fixture that a parameter of `user` names, or `undefined`. */
export function findFixture(program: Program, user: Definition, name: string): Definition | undefined {
  if (!user.name.startsWith('test') && !isFixture(user)) return undefined
  program.evaluator.touch(user.file.parts.named(name).path)
  const own = user.file.top.names.get(name)?.find((binding) => binding.definition !== null)?.definition
  if (own?.kind === 'function' && own !== user && isFixture(own)) return own
  let folder = folderOf(user.file.module.path ?? '')
  for (let i = 0; i < MAX_FOLDERS; i++) {
    const path = inFolder(folder, 'conftest.py')
    const conftest = program.fileAt(path)
    program.evaluator.touch(nameKey(path, name))
    if (conftest !== undefined) {
      const value = lookUpInModule(program, conftest.module, name)?.value
      if (value?.kind === 'function' && value.definition !== user && isFixture(value.definition))
        return value.definition
    }
    if (folder === '') return undefined
    folder = folderOf(folder)
  }
  return undefined
}

/** The value of a test's parameter; `null` if it is not a fixture. */
export function fixtureValue(program: Program, user: Definition, name: string): Value | null {
  const fixture = findFixture(program, user, name)
  if (fixture === undefined) return null
  const result = program.resultOf({ kind: 'function', definition: fixture, receiver: null })
  return fixture.isGenerator && result?.kind === 'collection' ? result.item : result
}
