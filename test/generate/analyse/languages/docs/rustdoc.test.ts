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

test('plain comments describe an item if they read like a sentence', () => {
  const lines = ['// Remove files with the same inode,', '// which are counted once.']
  assert.equal(rustdoc(lines)?.text, 'Remove files with the same inode,\nwhich are counted once.')
  const others = ['// Not this.', '// we box to avoid the lint', '// Note: the order of fields matters here']
  const more = [
    '// Refer to the list of all units',
    '// Helper functions for all of it',
    '// Set it with do_it(now);',
    '// Then why is it so?',
    '// Errors should be rare, so it is probably fine to box them',
  ]
  for (const comment of [...others, ...more]) assert.equal(rustdoc([comment]), null, comment)
  assert.equal(rustdoc(['// Removes the files of a folder.', '/// The item.'])?.text, 'The item.')
})

test('inner comments document only what is around', () => {
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

/** The text of a comment with these lines. */
const textOf = (...lines: string[]): string | undefined => rustdoc(lines.map((line) => `/// ${line}`))?.text

test('code blocks in other languages are shown as written', () => {
  const blocks = ['```toml', '# Cargo.toml', '[dependencies]', '```', '', '```sh', '# install it', 'x', '```']
  assert.equal(textOf(...blocks), blocks.join('\n'))
  // Fences of four characters contain those of three.
  const markdown = ['````md', '```', '# Shown', '```', '````', '', '```rust,foo', '# hidden', '```']
  assert.equal(textOf(...markdown), [...markdown.slice(0, -3), '```rust', '```'].join('\n'))
  assert.equal(
    textOf('1. Item', '', '     ```sh', '     # shown', '     ```'),
    '1. Item\n\n     ```sh\n     # shown\n     ```',
  )
})

test('all of the words of rustdoc mean Rust, and two signs mean one that is shown', () => {
  for (const info of ['', 'rust, no_run', 'compile_fail,E0277', 'ignore (a reason, really)', 'ignore-wasm,edition2021'])
    assert.equal(
      textOf(`\`\`\`${info}`, '# hidden', '## shown', '#', '#[test]', '```'),
      '```rust\n# shown\n#[test]\n```',
    )
})

test('stars of a block comment are marks only if every line begins with one', () => {
  assert.equal(rustdoc(['/**\n    Lists:\n\n    * one\n    * two\n*/'])?.text, 'Lists:\n\n* one\n* two')
  assert.equal(rustdoc(['/** First.\n *\n * * one\n */'])?.text, 'First.\n\n* one')
})

test('a heading without a list of parameters stays', () => {
  assert.equal(textOf('# Parameters', '', 'Any number.'), '# Parameters\n\nAny number.')
  const both = rustdoc(['# Parameters', '', '# Arguments', '* `a`: One', '', 'More.'].map((line) => `/// ${line}`))
  assert.equal(both?.text, '# Parameters\n\nMore.')
  assert.equal(both?.details.parameters?.[0]?.text, 'One')
})
