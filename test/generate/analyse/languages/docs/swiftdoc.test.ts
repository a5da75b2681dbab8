import assert from 'node:assert/strict'
import { test } from 'node:test'
import { swiftdoc } from '#generate/analyse/languages/docs/swiftdoc.ts'

test('lists of parameters, results and errors are parts of their own', () => {
  const lines = ['Draws.', '', '- Parameters:', '  - x: From the left,', '    in points.', '  - y: From above.']
  const rest = ['- Returns: The pen.', '- Throws: When dry.', '- Note: Be quick.', '- a list']
  assert.deepEqual(swiftdoc([...lines, ...rest].map((line) => `/// ${line}`)), {
    text: 'Draws.\n\n**Note:** Be quick.\n- a list',
    details: {
      parameters: [
        { name: 'x', type: '', text: 'From the left,\nin points.' },
        { name: 'y', type: '', text: 'From above.' },
      ],
      returns: [{ name: '', type: '', text: 'The pen.' }],
      raises: [{ name: '', type: '', text: 'When dry.' }],
    },
  })
})

test('only items below the list of parameters are parameters; deeper ones belong to the text above', () => {
  const lines = ['- Returns: One of:', '  - fast: Quick.', '- Parameters:', '  - mode: One of', '    - slow: Late.']
  assert.deepEqual(swiftdoc(lines.map((line) => `/// ${line}`))?.details, {
    returns: [{ name: '', type: '', text: 'One of:\n- fast: Quick.' }],
    parameters: [{ name: 'mode', type: '', text: 'One of\n- slow: Late.' }],
  })
})

test('a plain comment that reads like a sentence describes what is below', () => {
  assert.equal(swiftdoc(['// Draws the line with a pen.'])?.text, 'Draws the line with a pen.')
  assert.equal(swiftdoc(['// MARK: - All the pens']), null)
  assert.equal(swiftdoc(['// Pens']), null)
})

test('text below an item is a paragraph of its own', () => {
  assert.equal(swiftdoc(['/// Draws.', '/// - Returns: A pen.', '///', '/// More.'])?.text, 'Draws.\n\nMore.')
})

test('articles are named, and text in bold at the start of a line keeps its asterisks', () => {
  assert.equal(swiftdoc(['/// See <doc:Plans#Rules> and <doc:Orbit/Burns>.'])?.text, 'See *Plans* and *Burns*.')
  assert.equal(
    swiftdoc(['/**\n Plans a flight.\n\n **Note**: It is slow.\n */'])?.text,
    'Plans a flight.\n\n**Note**: It is slow.',
  )
})
