import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'

async function all(texts: Record<string, string>): Promise<string> {
  return [...(await pagesOf(texts)).values()].join('\n')
}

test('annotations of Java types are shown, fields that one makes a setting are public, and public fields say so', async () => {
  const page = await all({
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>\n',
    'src/main/java/org/orbit/CheckMojo.java': `package org.orbit;

/** Checks plans. */
@Mojo(name = "check", defaultPhase = Phase.COMPILE)
@SuppressWarnings("all")
public class CheckMojo extends AbstractMojo {
  public static final int LIMIT = 3;
  static final int INNER = 4;

  @Parameter(defaultValue = "plans (all)")
  private File folder;
  private File other;

  public void execute() {}
}
`,
  })
  assert.match(page, /```java\n@Mojo\(name = "check", defaultPhase = Phase\.COMPILE\)\npublic class CheckMojo/)
  assert.match(page, /^Also defined here: `LIMIT`/m)
  assert.match(page, /Also defined here: .*`INNER`/)
  assert.match(page, /^- `folder` `private File` \(`@Parameter\(defaultValue = "plans \(all\)"\)`\)/m)
  assert.doesNotMatch(page, /<summary>Value/)
  assert.match(page, /2 internal members[\s\S]*`other`/)
})

test('marks of Kotlin that require an opt-in are shown, other annotations are not', async () => {
  const page = await all({
    'build.gradle.kts': 'plugins { kotlin("jvm") }\n',
    'src/main/kotlin/org/orbit/Marks.kt':
      'package org.orbit\n\n/** For the brave. */\n@RequiresOptIn\n@Retention(AnnotationRetention.BINARY)\npublic annotation class Delicate(val reason: String)\n',
    'src/main/kotlin/org/orbit/Plan.kt': `package org.orbit

/** A plan. */
public class Plan {
  @JvmField @Delicate("Slow") public val days: Int = 3

  /** Burns all. */
  @Delicate("Loud")
  @JvmName("burnAll")
  public fun burn(): Int = 1
}
`,
  })
  assert.match(page, /```kotlin\n@Delicate\("Loud"\)\npublic fun burn\(\): Int/)
  assert.match(page, /`days`[^\n]*\(`@Delicate\("Slow"\)`\)/)
  assert.doesNotMatch(page, /^@Jvm/m)
})

test('the reason of a deprecation is told of members without an entry, too', async () => {
  const page = await all({
    'composer.json': '{"name":"orbit/plans","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
    'src/Plan.php': `<?php

namespace Orbit;

/** A plan. */
class Plan
{
    /**
     * Detailed burns
     *
     * @deprecated Use Level::Debug
     */
    public const DEBUG = 100;

    /** @deprecated */
    public const INFO = 200;
}
`,
  })
  assert.match(page, /^- `DEBUG` = `100`: Detailed burns\. Deprecated: Use Level::Debug\.$/m)
  assert.match(page, /^- `INFO` = `200` Deprecated\.$/m)
})

test('a function of Rust shows that its result must be used, and links no type of another condition', async () => {
  const page = await all({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\nedition = "2021"\n',
    'src/lib.rs': `/// Plans.
pub struct Plan(pub u8);

#[cfg(not(feature = "std"))]
/// A chain.
pub struct Chain;

impl Plan {
    /// Makes a plan.
    #[cfg(feature = "std")]
    #[must_use]
    #[inline]
    pub fn chain(&self, plan: &Plan) -> Chain {
        Chain
    }

    /// Makes another.
    #[cfg(not(feature = "std"))]
    pub fn other(&self) -> Chain {
        Chain
    }
}
`,
  })
  assert.match(page, /#\[cfg\(feature = "std"\)\]\n#\[must_use\]\npub fn chain/)
  assert.equal(page.match(/^Types: `Chain`$/gm)?.length, 1, page)
})
