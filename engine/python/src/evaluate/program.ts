import type { PyClass, PyExpression, PyModule, SourceFile } from "#syntax";
import { budget, CYCLE, TOO_LARGE } from "./budget.ts";
import { argumentValue } from "./calls/arguments.ts";
import { constructionsOf, parameterValue } from "./calls/callers.ts";
import { calledValue, callFrame, callWithValues, methodFrame, returnedValue } from "./calls/calls.ts";
import { expressionValue } from "./expressions/expressions.ts";
import { settledAt } from "./flow/block-index.ts";
import { stateOf } from "./flow/flow.ts";
import type { FlowAnalysis } from "./flow/flow-state.ts";
import type { ConfigDefault, Interpreter, Lineage, StateRequest } from "./interpreter.ts";
import { afterEffect, afterEffectElsewhere } from "./mutation/apply-effect.ts";
import { moduleTree } from "./names/module-tree.ts";
import { moduleState, nameValue } from "./names/names.ts";
import type { ClassInfo, Frame, Module, Scope } from "./names/scope.ts";
import { callPlaces, classesNamed, frameOfPlace, isMainClass, nameClosure } from "./names/search.ts";
import { hasIndex, sourceIndex } from "./names/source-index.ts";
import { attributeValue } from "./objects/attributes.ts";
import { RECORDS } from "./objects/known-records.ts";
import { lineageOf } from "./objects/lineage.ts";
import { truthOf } from "./values/equality.ts";
import { iteratedValue } from "./values/iteration.ts";
import { unknownValue } from "./values/making.ts";
import { MOST_PARTS, sizeOf } from "./values/size.ts";
import type { InstanceValue, PyValue } from "./values/value.ts";

export interface ProgramOptions {
  /** Import roots relative to the charm's folder, first match wins. Default: `src`, `lib`, and the folder itself. */
  readonly roots?: readonly string[];
  readonly config?: ReadonlyMap<string, ConfigDefault>;
  /** Values of enum members and constants outside the tree, by dotted name; the catalog knows some. */
  readonly constants?: (dotted: string) => string | number | undefined;
  /** Whether a file's calls count (findCalls, callers). Default: all but `lib/charms/**`, `tests/**`, `test/**`. */
  readonly own?: (path: string) => boolean;
}

/** The Python of one charm, evaluated on demand. Immutable to the outside; make a new one when a file changes. */
export interface Program {
  readonly modules: readonly Module[];
  /** The frame of a module, for evaluating expressions that stand in its body. */
  readonly frameOf: (module: Module) => Frame;
}

/** An interpreter that can be kept for other options than those that it was made with. */
interface Lasting extends Interpreter {
  readonly takes: (config: ReadonlyMap<string, ConfigDefault>) => boolean;
  readonly options: () => ReadonlyMap<string, ConfigDefault>;
}

const interpreters = new WeakMap<Program, Lasting>();

/**
 * Whether a program that was made of the same Python with other config options says the same with these, places in YAML aside: true
 * where none was looked at yet (it then has these), or all are equal in name, type and default; and no limit of effort was reached.
 */
export function takesConfig(program: Program, config: ReadonlyMap<string, ConfigDefault>): boolean {
  return interpreters.get(program)?.takes(config) === true;
}

/** The config options that a program has. */
export function configOf(program: Program): ReadonlyMap<string, ConfigDefault> {
  return interpreters.get(program)?.options() ?? NO_CONFIG;
}

/** What works behind a program; for this folder only. */
export function interpreterOf(program: Program): Interpreter {
  const found = interpreters.get(program);
  if (found) return found;
  const made = interpreter(
    new Map(),
    () => ({
      kind: "module",
      span: { start: 0, end: 0 },
      body: [],
      comments: [],
      problems: [],
      damaged: true,
      recovered: [],
      stale: [],
    }),
    {},
  );
  interpreters.set(program, made);
  return made;
}

function withinSize(value: PyValue): PyValue {
  return sizeOf(value) > MOST_PARTS ? unknownValue(TOO_LARGE, value.because) : value;
}

/** The same options in the same order, wherever they stand. */
function isSameConfig(a: ReadonlyMap<string, ConfigDefault>, b: ReadonlyMap<string, ConfigDefault>): boolean {
  const others = [...b];
  return (
    a.size === b.size &&
    [...a].every(([name, option], at) => {
      const [otherName, other] = others[at] ?? [];
      return name === otherName && option.type === other?.type && Object.is(option.default, other.default);
    })
  );
}

const NO_CONFIG: ReadonlyMap<string, ConfigDefault> = new Map();

/** Calls in vendored libraries and in tests say nothing about what the charm does. */
function isOwn(path: string): boolean {
  return !/(^|\/)lib\/charms\//.test(path) && !/^tests?\//.test(path);
}

/** Reads `files` as one program. `parse` must be memoised by its file; files are parsed only when something needs them. */
export function program(
  charm: { readonly files: ReadonlyMap<string, SourceFile> },
  parse: (file: SourceFile) => PyModule,
  options: ProgramOptions = {},
): Program {
  const cx = interpreter(charm.files, parse, options);
  const made: Program = {
    modules: cx.tree.modules,
    frameOf: (module) => cx.moduleFrame(module),
  };
  interpreters.set(made, cx);
  return made;
}

function interpreter(
  files: ReadonlyMap<string, SourceFile>,
  parse: (file: SourceFile) => PyModule,
  options: ProgramOptions,
): Lasting {
  const tree = moduleTree(files, parse, options.roots);
  const own = tree.modules.filter((module) => (options.own ?? isOwn)(module.path));
  const limits = budget();
  const frames = new Map<Scope, Frame>();
  const classes = new Map<Scope, ClassInfo>();
  const instances = new Map<ClassInfo, InstanceValue>();
  const mentions = new Map<string, readonly Module[]>();
  let config = options.config ?? NO_CONFIG;
  let isConfigRead = false;

  const genericFrame = (scope: Scope): Frame => {
    const known = frames.get(scope);
    if (known) return known;
    const parent = scope.parent ? genericFrame(scope.parent) : null;
    const made: Frame = { scope, parent, bindings: null, generic: true, iteration: null };
    frames.set(scope, made);
    return made;
  };

  const classInfo = (scope: Scope): ClassInfo => {
    const known = classes.get(scope);
    if (known) return known;
    const { node, module } = scope;
    // Only class scopes are asked for; `node` has no narrower type there.
    const definition = node as PyClass;
    const made: ClassInfo = { name: definition.name.text, node: definition, module, scope, frame: genericFrame(scope) };
    classes.set(scope, made);
    return made;
  };

  const evaluate = (expression: PyExpression, frame: Frame): PyValue => {
    switch (expression.kind) {
      case "string":
      case "number":
      case "constant":
      case "lambda":
        return expressionValue(cx, expression, frame);
      default:
        return (
          (limits.recalled(frame, expression) as PyValue | undefined) ??
          limits.remembered<PyValue>(
            frame,
            expression,
            () => withinSize(expressionValue(cx, expression, frame)),
            (why) => unknownValue(why),
          )
        );
    }
  };

  const apply: Pick<FlowAnalysis, "apply" | "applyElsewhere"> = {
    apply: (effect, now, where, of, before) => afterEffect(cx, effect, now, where, of, before),
    applyElsewhere: (effect, now, where, of, certain) => afterEffectElsewhere(cx, effect, now, where, of, certain),
  };
  const state = (request: StateRequest): PyValue | null => {
    const { frame, path, start, body } = request;
    const until = settledAt(body, path, request.until);
    const key = `${path}@${until ?? ""}@${body[0]?.span.start ?? ""}`;
    const run = () => stateOf(cx, apply, { ...request, until });
    const otherwise = (why: string) => unknownValue(why);
    // Its start is the same for each frame, except for bodies that are followed for another variable's value.
    return start === null
      ? limits.remembered<PyValue | null>(frame, key, run, otherwise)
      : limits.guarded<PyValue | null>(frame, key, run, otherwise);
  };

  const cx: Lasting = {
    tree,
    own,
    config: () => {
      isConfigRead = true;
      return config;
    },
    isOfConfig: (lineage) => lineage === config,
    takes: (next) => {
      if ((isConfigRead && !isSameConfig(next, config)) || !limits.renewed()) return false;
      if (!isConfigRead) config = next;
      return true;
    },
    options: () => config,
    records: RECORDS,
    constant: (dotted) => options.constants?.(dotted),
    cycle: CYCLE,
    mentioning: (word) => {
      const known = mentions.get(word);
      if (known) return known;
      // An index that is there answers faster than the text does.
      const found = own.filter((module) => hasIndex(module) || module.file.text.includes(word));
      mentions.set(word, found);
      return found;
    },
    evaluate,
    state,
    name: (id, frame, at) => nameValue(cx, id, frame, at),
    attribute: (value, name, at) => attributeValue(cx, value, name, at),
    call: (callee, args, at) => calledValue(cx, callee, args, at),
    callPlain: (callee, args, at) => callWithValues(cx, callee, args, at),
    argument: (argument) => argumentValue(cx, argument),
    constructions: (info) =>
      limits.remembered(
        info,
        "constructions",
        () => constructionsOf(cx, info),
        () => [],
      ),
    moduleState: (module, name) => moduleState(cx, module, name),
    returned: (fn, frame) =>
      limits.remembered<PyValue>(
        frame,
        "returned",
        () => returnedValue(cx, fn, frame),
        (why) => unknownValue(why),
      ),
    parameter: (frame, name) => parameterValue(cx, frame, name),
    truth: truthOf,
    iterated: (value) => iteratedValue(cx, value),
    genericFrame,
    moduleFrame: (module) => genericFrame(sourceIndex(module).root),
    classInfo,
    someInstance: (info) => {
      const known = instances.get(info);
      if (known) return known;
      const made: InstanceValue = {
        kind: "instance",
        class: info,
        external: cx.lineage(info).external,
        arguments: null,
        call: null,
        callee: null,
        because: [],
        configurable: [],
      };
      instances.set(info, made);
      return made;
    },
    methodFrame: (fn) => methodFrame(cx, fn),
    callFrame: (fn, args) => callFrame(cx, fn, args),
    lineage: (info) =>
      (limits.recalled(info, "lineage") as Lineage | undefined) ??
      limits.remembered(
        info,
        "lineage",
        () => lineageOf(cx, info),
        () => ({ classes: [info], external: [], complete: false }),
      ),
    subclasses: (info) =>
      limits.remembered<readonly ClassInfo[]>(
        info,
        "subclasses",
        () =>
          classesNamed(cx, nameClosure(cx, new Set([info.name]))).filter(
            (one) => one !== info && cx.lineage(one).classes.includes(info),
          ),
        () => [],
      ),
    isMain: (info) =>
      limits.remembered<boolean>(
        info,
        "main",
        () => isMainClass(cx, info),
        () => false,
      ),
    callsOf: (names) => callPlaces(cx, names),
    frameOfCall: (place) => frameOfPlace(cx, place),
    spend: limits.spend,
    guarded: (owner, key, compute, otherwise) => limits.guarded(owner, key, compute, otherwise),
    remembered: (owner, key, compute, otherwise) => limits.remembered(owner, key, compute, otherwise),
  };
  return cx;
}
