import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

test('macros with a default under their own condition are a table of options, without entries', async () => {
  const { markdown } = document(
    await analysedSample({
      'orbit.h': `#ifndef ORBIT_H
#define ORBIT_H
#include <stdio.h>

/* How many burns. */
#ifndef MAX_BURNS
#define MAX_BURNS 4
#endif
#ifndef MODE
#define MODE "a"
#endif
#define FIXED 3
/* How wide. */
#define WIDE 3
int burn(int at);
#endif
`,
      'orbit.c': '#include "orbit.h"\nint burn(int at) { return at + MAX_BURNS; }\n',
    }),
  )
  const all = [...markdown.values()].join('\n')
  assert.match(all, /^### Compile-time options$|^## Compile-time options$/m)
  assert.match(all, /^\| \[`MAX_BURNS`\]\([^)]*\) \| `4` \| How many burns\. \|$/m)
  assert.match(all, /^\| \[`MODE`\]\([^)]*\) \| `"a"` \| \|$/m)
  assert.doesNotMatch(all, /^#+ `(?:MAX_BURNS|MODE|ORBIT_H)`$/m)
  assert.doesNotMatch(all, /^#+ `FIXED`$/m)
  assert.match(all, /^#+ `WIDE`$/m)
  const [, header = ''] = all.split(/^## \[`orbit\.h`\].*$/m)
  const [, lines = ''] = /^### Also defined here\n\n(.*\n)/m.exec(header) ?? []
  assert.match(lines, /\[`FIXED`\]\([^)]*orbit\.h#L12\)/)
  assert.doesNotMatch(lines, /MAX_BURNS|MODE|ORBIT_H|WIDE/)
})

test('the entry of a type of Rust shows what it derives, and says which traits of others it has, and when', async () => {
  const { markdown } = document(
    await analysedSample({
      'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
      'src/lib.rs': `use std::fmt;

/// Where a ship goes.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Plan<T> {
    at: T,
}

impl<T: fmt::Display> fmt::Display for Plan<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { Ok(()) }
}

#[cfg(unix)]
impl<T> Drop for Plan<T> {
    fn drop(&mut self) {}
}

#[cfg(unix)]
impl<T> From<Plan<T>> for std::io::Error {
    fn from(plan: Plan<T>) -> Self { todo!() }
}
`,
    }),
  )
  const all = [...markdown.values()].join('\n')
  const [line = ''] = /^.*implements .*$/m.exec(all) ?? []
  const words = line.replaceAll(/\[(`[^`]*`)\]\([^)]*\)/g, '$1')
  assert.match(words, / · implements for example `Drop` \(`#\[cfg\(unix\)\]`\)$/)
  assert.match(
    all,
    /^#\[derive\(Clone, Debug\)\]\n#\[cfg_attr\(feature = "serde", derive\(Serialize\)\)\]\npub struct Plan<T>$/m,
  )
})

test('attributes of types of C# stand in their entries, without those for tools', async () => {
  const { markdown } = document(
    await analysedSample({
      'Orbit.cs': `namespace Orbit;

/// <summary>Marks a plan.</summary>
[PublicAPI]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class PlanAttribute : System.Attribute
{
    public int At { get; }
}
`,
    }),
  )
  const all = [...markdown.values()].join('\n')
  assert.match(all, /^\[AttributeUsage\(AttributeTargets\.Class, AllowMultiple = true\)\]\npublic class PlanAttribute/m)
  assert.doesNotMatch(all, /^\[PublicAPI\]$/m)
})
