/**
 * What an oracle is: something that knows the language better than the analysis does, such as its compiler, and says
 * what is defined in a repository and what uses what. `compare.ts` holds the analysis against it. An oracle may not
 * share code with what it judges: nothing of `src/` but the types of `model.ts` is imported by a file that makes one.
 *
 * To add one: a file here that exports an `Oracle`, and its name in the list of `oracles.ts`.
 */

import type { EdgeKind } from '#generate/model.ts'

/** A judge of one or more languages. */
export interface Oracle {
  /** As it is named in the table and in `ONLY`: `typescript`, `jdeps`. */
  readonly name: string
  /** The languages of the files it is given, as in `SourceFile.language`. It is not asked when there is no such file. */
  readonly languages: readonly string[]
  /**
   * Judge a repository. May be slow and may run programs of the machine; downloads nothing and writes nothing into the
   * checkout (a temporary folder, removed at the end, is fine).
   *
   * @param checkout - Absolute path of the folder with the repository's files as of its commit.
   * @param files - The files that the analysis took, of the oracle's languages; paths as in git, sorted. Other files of
   *   the checkout may be read for what they mean to these.
   * @returns The verdict, or why there is none: a short sentence (`javac is not installed`).
   */
  judge(checkout: string, files: readonly string[]): Promise<Verdict | string>
}

/** What an oracle knows of a repository. A part that it does not know is left out, and is not measured. */
export interface Verdict {
  /**
   * The files it could judge: those it parsed and resolved, such as the C files that compiled. An edge is measured only
   * when both its ends are in these files, a definition only when its file is.
   */
  readonly files: ReadonlySet<string>
  /** What has to be a component. Only recall is counted: an analysis may list more. */
  readonly definitions?: readonly Definition[]
  /** File edges: the analysis' edges `imports`, of which both ends are files. */
  readonly fileEdges?: Relation<FileEdge>
  /** Edges between symbols of different files; edges within one file are left out of both sides. */
  readonly symbolEdges?: SymbolRelation
  /** From a method to the method that it overrides or implements; measured against edges `overrides`, within files too. */
  readonly overrides?: Relation<SymbolEdge>
  /** What is one thing in two files, by both its names, and the pairs of such files: a declaration and what it declares. */
  readonly same?: {
    readonly files: ReadonlyMap<string, string>
    readonly symbols: readonly (readonly [declaration: SymbolEnd, implementation: SymbolEnd])[]
  }
  /** Shown under the table: what was sampled, left out or not installed. */
  readonly note?: string
}

/** A named thing that is defined in a file. */
export interface Definition {
  readonly file: string
  /**
   * It is found when a component of the file has it as its qualified name, wherever that is (a function may have several
   * declarations), or as the last part of its name with `line` among its lines.
   */
  readonly name: string
  /** The line of its name, from 1. */
  readonly line: number
}

/** `from` names or includes `to`; both are paths as in git. */
export interface FileEdge {
  readonly from: string
  readonly to: string
}

/** One end of a symbol edge. */
export interface SymbolEnd {
  readonly file: string
  /**
   * Qualified name, its parts joined by dots, outermost first: `Router.match`. Empty for code at the top of a file.
   * What the analysis has no component for is taken for what holds it (see `compare.ts`) when it is where an edge starts:
   * an oracle may name the local function that a use is in, `Router.match.inner`.
   */
  readonly name: string
  /** The line of its name where several share one, such as overloads: which of them is meant. */
  readonly line?: number
  /**
   * The parts of `name`, outermost first, where what one is called is a matter of taste (`module.exports = function () {}`):
   * a part that has no component of its name is the component with its lines.
   */
  readonly parts?: readonly EndPart[]
}

export interface EndPart {
  /** '' for what may have no component, and is no part of the names of its members then. */
  readonly name: string
  /** Of the whole declaration, its comment not among them; absent where the name says it. From 1. */
  readonly lines?: { readonly start: number; readonly end: number }
}

/** `from` uses `to`. */
export interface SymbolEdge {
  readonly from: SymbolEnd
  readonly to: SymbolEnd
}

/** What is true of one kind of edge. Repeated edges count once. */
export interface Relation<E> {
  /** Recall is the share of these that the analysis has. */
  readonly required: readonly E[]
  /**
   * True as well, but nobody has to know them: precision is the share of the analysis' edges that are required or
   * allowed. The wider, the better: a reference in a comment of types, a module's parent package.
   */
  readonly allowed?: readonly E[]
  /** Files of which every edge that starts there is known, when it is fewer than `files`: only those count for precision. */
  readonly judged?: ReadonlySet<string>
  /**
   * Uses of a name that the oracle cannot tell the meaning of: an edge of the analysis from there to something whose
   * last name it is counts neither way, and the number of such edges is shown. For oracles that know less than a compiler.
   */
  readonly unknown?: readonly UnknownUse[]
}

/** Somewhere in `from` the name is used, and what it means there is not known. */
export interface UnknownUse {
  readonly from: SymbolEnd
  readonly name: string
}

export interface SymbolRelation extends Relation<SymbolEdge> {
  /** The kinds of edge that are compared, when the oracle knows not all uses: `['calls']`. */
  readonly kinds?: readonly EdgeKind[]
  /**
   * `type`: both ends are taken for the innermost type that holds them (class, interface, struct, enum, trait), or for
   * the file where there is none, before they are compared; for oracles that know which type uses which, and no more.
   * Default `member`: as they are.
   */
  readonly grain?: 'member' | 'type'
}
