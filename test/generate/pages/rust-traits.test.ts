import assert from 'node:assert/strict'
import { test } from 'node:test'
import { traitsOf } from '#generate/pages/entry/rust-traits.ts'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { partition } from '#generate/partition/partition.ts'
import { component, file, sample, subject } from './sample.ts'

test('a type derives what its own attributes say, not what a macro derives for a type that it generates', () => {
  const code = file(
    'src/lib.rs',
    '#[derive(Clone, serde::Serialize)]\n#[cfg_attr(unix, derive(Debug))]\n#[strum_discriminants(derive(EnumString, Hash))]\npub enum Plan {\n    Near,\n}\n',
  )
  const plan = component(code, 'Plan', { kind: 'enum', startLine: 4, endLine: 6 })
  const { inventory, analysis } = sample([code], [plan])
  const repo = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
  assert.deepEqual(
    traitsOf(repo, plan).map(({ label, condition }) => [label, condition]),
    [
      ['Clone', ''],
      ['Serialize', ''],
      ['Debug', 'unix'],
    ],
  )
})

test('of a type whose derived Error implements further traits, none is told', () => {
  const code = file('src/lib.rs', '#[derive(Debug, thiserror::Error)]\npub enum Fault {\n    Far,\n}\n')
  const fault = component(code, 'Fault', { kind: 'enum', startLine: 2, endLine: 4 })
  const { inventory, analysis } = sample([code], [fault])
  assert.deepEqual(traitsOf(indexRepo(inventory, analysis, partition(inventory, analysis, subject)), fault), [])
})
