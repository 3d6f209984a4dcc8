// Writes metaModel.json, the LSP 3.17 meta model, from the declarations of Microsoft's own packages: the packages ship
// the schema of the meta model but not the model, which is generated from these same declarations.
//
//   npm install --prefix DIR vscode-languageserver-protocol@3.17.5 typescript@5
//   node tests/protocol/extract.mjs DIR > tests/protocol/metaModel.json
//
// What is proposed for a later version is left out, and so is everything that no message can hold.

import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(process.argv[2], 'node_modules');
const require = createRequire(join(root, 'index.js'));
const ts = require('typescript');
const runtime = require('vscode-languageserver-protocol/node');
const kind = ts.SyntaxKind;

const common = join(root, 'vscode-languageserver-protocol/lib/common');
const files = [
    join(root, 'vscode-languageserver-types/lib/esm/main.d.ts'),
    ...readdirSync(common).filter(name => /^protocol(\..*)?\.d\.ts$/.test(name)).map(name => join(common, name)),
];

const types = new Map();       // name → interface or type alias
const namespaces = new Map();  // name → its constants
const enums = new Map();       // name → enum declaration

for (const file of files) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const node of source.statements) {
        if (isProposed(node)) continue;
        if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) types.set(node.name.text, node);
        if (ts.isEnumDeclaration(node)) enums.set(node.name.text, node);
        if (ts.isModuleDeclaration(node)) {
            const constants = node.body.statements.filter(ts.isVariableStatement).filter(it => !isProposed(it));
            namespaces.set(node.name.text, constants.flatMap(it => it.declarationList.declarations));
        }
    }
}

function isProposed(node) {
    return ts.getJSDocTags(node).some(tag => tag.tagName.text === 'proposed');
}

const ref = name => ({ kind: 'reference', name });
const base = name => ({ kind: 'base', name });
const BASES = ['URI', 'DocumentUri', 'integer', 'uinteger', 'decimal'];

/** The value that the package itself gives to a name such as `DiagnosticSeverity.Error`. */
function value(path) {
    const found = path.split('.').reduce((within, name) => within?.[name], runtime);
    if (found === undefined) throw new Error(`no value for ${path}`);
    return found;
}

const literal = found => ({ kind: typeof found === 'string' ? 'stringLiteral' : 'integerLiteral', value: found });

/** A type as the meta model writes it; `parameters` are the type parameters in force, which may be anything. */
function type(node, parameters = []) {
    const inner = it => type(it, parameters);
    switch (node.kind) {
        case kind.StringKeyword: return base('string');
        case kind.BooleanKeyword: return base('boolean');
        case kind.NumberKeyword: return base('decimal');
        case kind.AnyKeyword: return ref('LSPAny');
        case kind.ObjectKeyword: return ref('LSPObject');
        case kind.VoidKeyword: return base('null');
        case kind.ParenthesizedType: return inner(node.type);
        case kind.ArrayType: return { kind: 'array', element: inner(node.elementType) };
        case kind.TupleType: return { kind: 'tuple', items: node.elements.map(inner) };
        case kind.TypeQuery: return literal(value(node.exprName.getText()));
        case kind.LiteralType:
            if (node.literal.kind === kind.NullKeyword) return base('null');
            if (node.literal.kind === kind.TrueKeyword) return { kind: 'booleanLiteral', value: true };
            if (node.literal.kind === kind.FalseKeyword) return { kind: 'booleanLiteral', value: false };
            return literal(node.literal.kind === kind.NumericLiteral ? Number(node.literal.text) : node.literal.text);
        case kind.UnionType: {
            const items = node.types.filter(it => it.kind !== kind.UndefinedKeyword).map(inner);
            return items.length === 1 ? items[0] : { kind: 'or', items };
        }
        case kind.IntersectionType: return { kind: 'and', items: node.types.map(inner) };
        case kind.TypeLiteral: {
            const index = node.members.find(ts.isIndexSignatureDeclaration);
            if (index && node.members.length === 1) {
                return { kind: 'map', key: inner(index.parameters[0].type), value: inner(index.type) };
            }
            return { kind: 'literal', value: { properties: properties(node.members, parameters) } };
        }
        case kind.TypeReference: {
            const name = node.typeName.getText();
            if (parameters.includes(name)) return ref('LSPAny');
            if (name === 'Array') return { kind: 'array', element: inner(node.typeArguments[0]) };
            return BASES.includes(name) ? base(name) : ref(name);
        }
        default: throw new Error(`${kind[node.kind]}: ${node.getText()}`);
    }
}

function properties(members, parameters = []) {
    return members.filter(it => ts.isPropertySignature(it) && !isProposed(it)).map(it => ({
        name: it.name.text,
        type: type(it.type, parameters),
        ...(it.questionToken ? { optional: true } : {}),
    }));
}

const model = {
    metaData: { version: '3.17.0' }, requests: [], notifications: [], structures: [], enumerations: [], typeAliases: [],
};

// What the packages take from their JSON-RPC library, or leave to the compiler; from the text of the specification.
const any = ['LSPObject', 'LSPArray'].map(ref).concat(['string', 'integer', 'uinteger', 'decimal', 'boolean', 'null'].map(base));
const property = (name, type, optional) => ({ name, type, ...(optional ? { optional } : {}) });
const given = {
    typeAliases: [
        { name: 'LSPAny', type: { kind: 'or', items: any } },
        { name: 'LSPObject', type: { kind: 'map', key: base('string'), value: ref('LSPAny') } },
        { name: 'LSPArray', type: { kind: 'array', element: ref('LSPAny') } },
        { name: 'ProgressToken', type: { kind: 'or', items: [base('integer'), base('string')] } },
    ],
    enumerations: [{
        name: 'TraceValues',
        type: base('string'),
        values: ['off', 'messages', 'verbose'].map(it => ({ name: it, value: it })),
    }],
    structures: [
        { name: 'CancelParams', properties: [property('id', { kind: 'or', items: [base('integer'), base('string')] })] },
        { name: 'ProgressParams', properties: [property('token', ref('ProgressToken')), property('value', ref('LSPAny'))] },
        { name: 'LogTraceParams', properties: [property('message', base('string')), property('verbose', base('string'), true)] },
        { name: 'SetTraceParams', properties: [property('value', ref('TraceValues'))] },
    ],
    notifications: [
        { method: '$/cancelRequest', messageDirection: 'both', params: ref('CancelParams') },
        { method: '$/progress', messageDirection: 'both', params: ref('ProgressParams') },
        { method: '$/logTrace', messageDirection: 'serverToClient', params: ref('LogTraceParams') },
        { method: '$/setTrace', messageDirection: 'clientToServer', params: ref('SetTraceParams') },
    ],
};
const isGiven = name => ['typeAliases', 'enumerations', 'structures'].some(part => given[part].some(it => it.name === name));

for (const [name, constants] of namespaces) {
    const declared = constants.find(it => it.name.text === 'type')?.type;
    const generic = declared && ts.isTypeReferenceNode(declared) ? declared.typeName.getText() : '';
    const message = /^Protocol(Request|Notification)Type(0?)$/.exec(generic);
    if (!message) continue;
    const absent = it => it === undefined || [kind.VoidKeyword, kind.NeverKeyword].includes(it.kind);
    const [params, result, partial, error, registration] = message[1] === 'Request'
        ? (message[2] ? [undefined, ...declared.typeArguments] : declared.typeArguments)
        : (message[2] ? [undefined] : [declared.typeArguments[0]]);
    const options = message[1] === 'Request' ? registration : declared.typeArguments.at(-1);
    const entry = { method: value(`${name}.method`), messageDirection: value(`${name}.messageDirection`) };
    if (!absent(params)) entry.params = type(params);
    if (message[1] === 'Request') {
        entry.result = type(result);
        if (!absent(partial)) entry.partialResult = type(partial);
        if (!absent(error)) entry.errorData = type(error);
    }
    if (!absent(options)) entry.registrationOptions = type(options);
    model[message[1] === 'Request' ? 'requests' : 'notifications'].push(entry);
}
model.notifications.push(...given.notifications);

/** Everything that is referred to below `tree`, declared once. */
const seen = new Set();
function follow(tree) {
    if (tree === null || typeof tree !== 'object') return;
    if (tree.kind === 'reference' && !seen.has(tree.name)) {
        seen.add(tree.name);
        const [part, declaration] = declare(tree.name);
        model[part].push(declaration);
        follow(declaration);
    }
    Object.values(tree).forEach(follow);
}

function declare(name) {
    for (const part of ['typeAliases', 'enumerations', 'structures']) {
        const found = given[part].find(it => it.name === name);
        if (found) return [part, found];
    }
    if (enums.has(name)) {
        const values = enums.get(name).members.map(it => ({ name: it.name.getText(), value: value(`${name}.${it.name.getText()}`) }));
        return ['enumerations', { name, type: base('string'), values, supportsCustomValues: true }];
    }
    const node = types.get(name);
    if (!node) throw new Error(`${name} is not declared`);
    const parameters = (node.typeParameters ?? []).map(it => it.name.text);
    if (ts.isInterfaceDeclaration(node)) {
        const parents = (node.heritageClauses ?? []).flatMap(it => it.types).map(it => ref(it.expression.getText()));
        const structure = { name, properties: properties(node.members, parameters) };
        return ['structures', parents.length ? { ...structure, extends: parents } : structure];
    }
    const constants = (namespaces.get(name) ?? []).filter(it => it.type === undefined || it.type.kind !== kind.TypeQuery);
    if (constants.length) {
        const values = constants.map(it => ({ name: it.name.text, value: value(`${name}.${it.name.text}`) }));
        const closed = ts.isUnionTypeNode(node.type) || ts.isLiteralTypeNode(node.type);
        const number = typeof values[0].value === 'number';
        const enumeration = { name, type: base(number ? 'uinteger' : 'string'), values };
        return ['enumerations', closed ? enumeration : { ...enumeration, supportsCustomValues: true }];
    }
    if (ts.isTypeLiteralNode(node.type) && !node.type.members.some(ts.isIndexSignatureDeclaration)) {
        return ['structures', { name, properties: properties(node.type.members, parameters) }];
    }
    if (ts.isIntersectionTypeNode(node.type)) {
        const structure = { name, properties: [], extends: [] };
        for (const part of node.type.types) {
            if (ts.isTypeLiteralNode(part)) structure.properties.push(...properties(part.members, parameters));
            else structure.extends.push(type(part, parameters));
        }
        return ['structures', structure];
    }
    return ['typeAliases', { name, type: type(node.type, parameters) }];
}

follow(model.requests);
follow(model.notifications);
if (!isGiven('LSPAny')) throw new Error('LSPAny');

// One declaration a line, in an order that does not depend on the files'.
const by = key => (a, b) => (a[key] < b[key] ? -1 : 1);
const lines = (list, key) => `[\n${list.sort(by(key)).map(it => '    ' + JSON.stringify(it)).join(',\n')}\n  ]`;
process.stdout.write(`{
  "metaData": ${JSON.stringify(model.metaData)},
  "requests": ${lines(model.requests, 'method')},
  "notifications": ${lines(model.notifications, 'method')},
  "structures": ${lines(model.structures, 'name')},
  "enumerations": ${lines(model.enumerations, 'name')},
  "typeAliases": ${lines(model.typeAliases, 'name')}
}
`);
