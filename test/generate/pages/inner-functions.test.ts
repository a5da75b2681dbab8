import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceFile } from '#generate/model.ts'
import { innerFunctions } from '#generate/pages/inner-functions.ts'
import { survey } from '#generate/pages/survey.ts'
import { partition } from '#generate/partition/partition.ts'
import { component, file, sample, subject } from './sample.ts'

function inner(path: string, text: string, extra: Partial<SourceFile> = {}): string[] {
  const source = file(path, text, extra)
  const lines = text.trimEnd().split('\n').length
  const outer = component(source, 'outer', { startLine: 1, endLine: lines })
  const { inventory, analysis } = sample([source], [outer])
  const facts = survey(inventory, analysis, partition(inventory, analysis, subject))
  return innerFunctions(facts, outer).map(({ name, startLine, endLine }) => `${name} ${startLine}-${endLine}`)
}

test('the named functions within a function are found with their lines, however they are made', () => {
  const text = `export const outer = (middleware: Function[]) => {
  return (context: Context) => {
    return dispatch(0)

    async function dispatch(i: number): Promise<Context> {
      const short = () => i
      return short()
    }
  }
  const arrow = async (a: number) => {
    return a
  }
  list.map((item) => {
    return item
  })
}
`
  assert.deepEqual(inner('src/a.ts', text), ['dispatch 5-8', 'arrow 10-12'])
})

test('in Python they are found by their indents, and a function is not within itself', () => {
  const text = `def outer(f):
    def decorator(g):
        # a note
        return g

    async def later():
        x = 1
        return x

    return decorator
`
  assert.deepEqual(inner('src/a.py', text), ['decorator 2-4', 'later 6-8'])
})

test('a closure of Go is found by the name that it is given', () => {
  const text = 'func outer() {\n\twalk := func(at int) {\n\t\tat++\n\t}\n\twalk(1)\n}\n'
  assert.deepEqual(inner('a.go', text, { language: 'go' }), ['walk 2-4'])
})
