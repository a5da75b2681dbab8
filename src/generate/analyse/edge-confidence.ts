/** The confidence of an edge by its evidence. Below 1, the real target may be another component. */

import type { EdgeOrigin } from '#generate/model.ts'

type Confidence = Readonly<Record<EdgeOrigin, number>>

/** Edges whose target is determined by the name alone. */
const BY_NAME = { 'same-file': 1, import: 1, package: 1, bridge: 1 } as const

/** Languages with declared types, whose inheritance may still be incomplete. */
export const TYPED: Confidence = { ...BY_NAME, 'receiver-type': 0.95, inheritance: 0.95, 'unique-name': 0.4 }

/** Python, where types are inferred from values. */
export const INFERRED: Confidence = { ...BY_NAME, 'receiver-type': 0.9, inheritance: 0.9, 'unique-name': 0.3 }

/** TypeScript and JavaScript, where edges exist only if the linker is certain. */
export const LINKED = 1

/**
 * TypeScript and JavaScript: a call of a member that is assigned to `this` or to an object somewhere in the program.
 */
export const ASSIGNED_MEMBER = 0.9

/** Subtracted if several overloads match equally well. */
export const OVERLOAD_DOUBT = 0.2

/** A call on one of several possible objects. */
export const SEVERAL_OBJECTS = 0.7
