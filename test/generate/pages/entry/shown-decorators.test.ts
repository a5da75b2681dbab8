import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shownDecorators } from '#generate/pages/entry/shown-decorators.ts'
import { component, file } from '../sample.ts'

test('attributes of a type for linters and for the macro that declares it are not shown', () => {
  const decorators = ['#[project(!Unpin)]', '#[derive(Debug)]', '#[clippy::has_significant_drop]', '#[must_use]']
  const sleep = component(file('src/sleep.rs', null), 'Sleep', { kind: 'struct', decorators })
  assert.deepEqual(shownDecorators(sleep), ['#[derive(Debug)]', '#[must_use]'])
})
