/**
 * A plugin for eslint: tests in TypeScript assert something about the code under test, and none is skipped for good.
 *
 * `prove/static/test_assertions.py` does the same for Python. `skip`, `only` and `todo` are not allowed.
 */
const TESTS = ['it', 'test', 'describe'];
const NEVER = ['skip', 'todo', 'only', 'fails'];

/** The names in a chain of calls and members: `it.each(rows)('…', …)` is it, each. */
function chain(node) {
  if (node.type === 'CallExpression' || node.type === 'TaggedTemplateExpression') return chain(node.callee ?? node.tag);
  if (node.type === 'MemberExpression') return [...chain(node.object), node.property.name ?? ''];
  return node.type === 'Identifier' ? [node.name] : [''];
}

/** A node and all its descendants. */
function* descendants(node) {
  if (!node || typeof node.type !== 'string') return;
  yield node;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    for (const child of Array.isArray(value) ? value : [value]) if (child?.type) yield* descendants(child);
  }
}

const names = (node) =>
  [...descendants(node)].filter((inner) => inner.type === 'Identifier' || inner.type === 'ThisExpression');

/** Whether a call is `expect(value).matcher(…)`, about a value that is no literal, and can fail. */
function canFail(call, text) {
  if (call.callee.type !== 'MemberExpression') return false;
  let from = call.callee.object;
  while (from.type === 'MemberExpression') from = from.object;
  if (from.type !== 'CallExpression' || chain(from)[0] !== 'expect' || from.arguments.length === 0) return false;
  const [subject] = from.arguments;
  return names(subject).length > 0 && call.arguments.every((argument) => text(argument) !== text(subject));
}

const rule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const text = (node) => context.sourceCode.getText(node);
    const functions = new Map();
    const tests = [];
    const asserts = (node, visited) =>
      [...descendants(node)].some((call) => {
        if (call.type !== 'CallExpression') return false;
        if (canFail(call, text)) return true;
        const called = call.callee.type === 'Identifier' ? functions.get(call.callee.name) : undefined;
        return called !== undefined && !visited.includes(called) && asserts(called.body, [...visited, called]);
      });
    return {
      FunctionDeclaration: (node) => void functions.set(node.id?.name, node),
      VariableDeclarator: (node) => void (node.init?.body && functions.set(node.id.name, node.init)),
      MemberExpression(node) {
        const [first, ...more] = chain(node);
        if (TESTS.includes(first) && more.some((name) => NEVER.includes(name))) {
          context.report({ node, message: `a test is left out by ${more.join('.')}` });
        }
      },
      CallExpression(node) {
        const [first, ...more] = chain(node);
        if (TESTS.includes(first) && ['skipIf', 'runIf'].includes(more.at(-1)) && names(node.arguments[0]).length === 0) {
          context.report({ node, message: 'a test is skipped on a condition that does not change' });
        }
        const body = node.arguments.find((argument) => /Function/.test(argument.type));
        if (['it', 'test'].includes(first) && body) tests.push([node, body]);
      },
      'Program:exit'() {
        for (const [node, body] of tests) {
          if (!asserts(body.body, [])) context.report({ node, message: 'a test asserts nothing about what it tests' });
        }
      },
    };
  },
};

export default { rules: { claims: rule } };
