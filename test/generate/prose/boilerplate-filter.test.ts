import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boilerplateIn } from '#generate/prose/boilerplate-filter.ts'

test('an answer to the asker is no description, but a sentence may begin with the same word', () => {
  for (const sentence of ['Sure, the router matches paths.', 'Certainly! It matches paths.', 'OK. It matches paths.'])
    assert.notEqual(boilerplateIn(sentence), undefined, sentence)
  for (const sentence of [
    'Absolutely positioned elements are skipped.',
    'OK responses are cached for a minute.',
    'Draws the prompt.',
  ])
    assert.equal(boilerplateIn(sentence), undefined, sentence)
})
