import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from '../inventory-of.ts'

const KOTLIN = 'package p\n\nclass Thing {\n  fun reticulate() {}\n}\n'
const CALLER =
  'package q;\n\nclass Caller {\n  void call(Unknown it) { it.next().reticulate(); strange.reticulate(); }\n}\n'

async function guesses(texts: Record<string, string>): Promise<string[]> {
  const context = { signal: new AbortController().signal, onProgress() {} }
  const { edges } = await analyse(await inventoryOf(texts), context)
  return edges.filter((edge) => edge.origin === 'unique-name').map((edge) => `${edge.from} ${edge.to}`)
}

test('a method that only one thing in the repository has is guessed, and marked as a guess', async () => {
  const java = 'package p;\n\nclass Thing {\n  void reticulate() {}\n}\n'
  assert.deepEqual(await guesses({ 'p/Thing.java': java, 'q/Caller.java': CALLER }), [
    'q/Caller.java#Caller.call p/Thing.java#Thing.reticulate',
  ])
})

test('a guess does not lead to another language of the family', async () => {
  assert.deepEqual(await guesses({ 'p/Thing.kt': KOTLIN, 'q/Caller.java': CALLER }), [])
})

test('a guess does not lead to a method that takes another number of arguments', async () => {
  const text = (count: string): string =>
    `pub struct Thing;\nimpl Thing {\n    pub fn reticulate(${count}) {}\n}\nfn call() {\n    x().reticulate();\n}\n`
  assert.deepEqual(await guesses({ 'src/lib.rs': text('count: u8') }), [])
  assert.deepEqual(await guesses({ 'src/lib.rs': text('&self') }), ['src/lib.rs#call src/lib.rs#Thing.reticulate'])
})
