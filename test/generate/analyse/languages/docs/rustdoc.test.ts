import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rustdoc } from '#generate/analyse/languages/docs/rustdoc.ts'

test('marks and hidden lines of examples are left out, links to code stay', () => {
  const text = `/// Makes a [\`Thing\`](crate::Thing), or [the book](https://example.com).
///
/// # Examples
/// \`\`\`no_run
/// # fn main() {
/// #[derive(Debug)]
/// make();
/// # }
/// \`\`\``
  assert.equal(
    rustdoc(text.split('\n'))?.text,
    `Makes a [\`Thing\`](symbol:crate%3A%3AThing), or [the book](https://example.com).

# Examples
\`\`\`rust
#[derive(Debug)]
make();
\`\`\``,
  )
})

test('plain comments document nothing, and inner ones only what is around', () => {
  assert.equal(rustdoc(['// Not this.']), null)
  assert.equal(rustdoc(['//// Nor this.']), null)
  assert.equal(rustdoc(['//! The crate.', '/// The item.'])?.text, 'The item.')
  assert.equal(rustdoc(['//! The crate.', '//! More.'])?.text, 'The crate.\nMore.')
  assert.equal(rustdoc(['/**\n * In a block.\n */'])?.text, 'In a block.')
})

test('a list of arguments is a part of its own, sections of words stay', () => {
  const lines = [
    'Cuts.',
    '',
    '# Arguments',
    '',
    '* `at` - Where,',
    '  from 0',
    '* `n`: How much',
    '',
    '# Panics',
    'Never.',
  ]
  assert.deepEqual(rustdoc([...lines, '# Returns', 'A half.'].map((line) => `/// ${line}`)), {
    text: 'Cuts.\n\n# Panics\nNever.',
    details: {
      parameters: [
        { name: 'at', type: '', text: 'Where, from 0' },
        { name: 'n', type: '', text: 'How much' },
      ],
      returns: [{ name: '', type: '', text: 'A half.' }],
    },
  })
})

test('brackets in code that goes on in the next line are code, lines are broken where clap breaks them', () => {
  assert.equal(
    rustdoc(['/// Changes it to `fd [OPTIONS] -a', '/// [<pattern>]`, see [`Thing`].'])?.text,
    'Changes it to `fd [OPTIONS] -a\n[<pattern>]`, see `Thing`.',
  )
  assert.equal(
    rustdoc(['/// Examples:', "/// {n}  -E '*.pyc'{n}", '/// {n}{n} -E `a{n}` b{n}c'])?.text,
    "Examples:  \n-E '*.pyc'  \n-E `a{n}` b{n}c",
  )
})
