import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command } from 'commander'
import { flagOf, listSettings, SECRET_SETTING } from '#base/settings.ts'
import { withSettings } from '../../src/command-line/flags.ts'

const flags = new Set(withSettings(new Command('serve')).options.map(({ long }) => long))
const without = listSettings().filter(({ name }) => !flags.has(flagOf(name)))

test('secrets have no flag, except those for trying things out', () => {
  const secrets = listSettings().filter(({ name }) => SECRET_SETTING.test(name))
  const kept = secrets.map(({ name }) => name).filter((name) => flags.has(flagOf(name)))
  assert.deepEqual(kept.sort(), ['DOCSPOOL_TOKEN', 'LLM_API_KEY'])
  assert.ok(without.some(({ name }) => name === 'DOCSPOOL_SECRET_KEY'))
})

test('a setting has no flag if its description says so, and only then', () => {
  const said = listSettings().filter(({ meaning }) => /cannot be given as a flag/.test(meaning))
  assert.deepEqual(
    said.map(({ name }) => name),
    without.map(({ name }) => name),
  )
})
