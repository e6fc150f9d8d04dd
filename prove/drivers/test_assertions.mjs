/**
 * A plugin for eslint: tests in TypeScript claim something about what they test, and none is left out for good.
 *
 * `prove/static/test_assertions.py` asks the same of Python. Skipping and leaving out by `only` or `todo` is no way to have a test.
 */
const TESTS = ['it', 'test', 'describe'];
const NEVER = ['skip', 'todo', 'only', 'fails'];

/** The names in a chain of calls and members: `it.each(rows)('…', …)` is it, each. */
function chain(node) {
  if (node.type === 'CallExpression' || node.type === 'TaggedTemplateExpression') return chain(node.callee ?? node.tag);
  if (node.type === 'MemberExpression') return [...chain(node.object), node.property.name ?? ''];
  return node.type === 'Identifier' ? [node.name] : [''];
}

/** Every node within a node. */
function* within(node) {
  if (!node || typeof node.type !== 'string') return;
  yield node;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    for (const one of Array.isArray(value) ? value : [value]) if (one?.type) yield* within(one);
  }
}

const names = (node) => [...within(node)].filter((one) => one.type === 'Identifier' || one.type === 'ThisExpression');

/** Whether a call is `expect(something).matcher(…)`, about something that is not written there, and can fail. */
function tells(call, text) {
  if (call.callee.type !== 'MemberExpression') return false;
  let from = call.callee.object;
  while (from.type === 'MemberExpression') from = from.object;
  if (from.type !== 'CallExpression' || chain(from)[0] !== 'expect' || from.arguments.length === 0) return false;
  const [about] = from.arguments;
  return names(about).length > 0 && call.arguments.every((one) => text(one) !== text(about));
}

const rule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const text = (node) => context.sourceCode.getText(node);
    const functions = new Map();
    const tests = [];
    const claims = (node, seen) =>
      [...within(node)].some((one) => {
        if (one.type !== 'CallExpression') return false;
        if (tells(one, text)) return true;
        const called = one.callee.type === 'Identifier' ? functions.get(one.callee.name) : undefined;
        return called !== undefined && !seen.includes(called) && claims(called.body, [...seen, called]);
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
        const body = node.arguments.find((one) => /Function/.test(one.type));
        if (['it', 'test'].includes(first) && body) tests.push([node, body]);
      },
      'Program:exit'() {
        for (const [node, body] of tests) {
          if (!claims(body.body, [])) context.report({ node, message: 'a test asserts nothing about what it tests' });
        }
      },
    };
  },
};

export default { rules: { claims: rule } };
