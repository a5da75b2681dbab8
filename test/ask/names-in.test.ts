import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { namesIn } from '#ask/names-in.ts'

test('names of code are what is quoted or written like code, paths apart', () => {
  const asked =
    'How does `run` differ from Flask.run() and full_dispatch_request in src/flask/app.py, e.g. for HTTPServer? See setup.py.'
  assert.deepEqual(namesIn(asked), {
    symbols: ['run', 'Flask.run', 'full_dispatch_request', 'HTTPServer', 'setup.py'],
    paths: ['src/flask/app.py'],
  })
  assert.deepEqual(namesIn('Where are requests routed?'), { symbols: [], paths: [] })
  assert.deepEqual(namesIn('What are `(a, b)` and `run (x)`?'), { symbols: ['run'], paths: [] })
  assert.deepEqual(namesIn('Wie wird die Übergröße von Worker::höhe berechnet?').symbols, ['Worker::höhe'])
})

test('any text has few names, each once', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3_000, unit: 'binary' }), (text) => {
      const { symbols, paths } = namesIn(text)
      assert.ok(symbols.length <= 8 && paths.length <= 8)
      assert.equal(new Set([...symbols, ...paths]).size, symbols.length + paths.length)
    }),
  )
  assert.ok(namesIn('aB '.repeat(100_000)).symbols.length === 1)
  assert.deepEqual(namesIn('`'.repeat(100_000)), { symbols: [], paths: [] })
})
