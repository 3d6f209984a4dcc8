//! Every mutant of a file put behind a switch, so that one build holds them all.

use proc_macro2::{Delimiter, LineColumn, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::{BTreeMap, BTreeSet};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, UnOp, parse_quote};

/// A mutant, as cargo-mutants lists it.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Its number in the switch, from 1.
    pub id: u32,
    pub file: String,
    /// Line and column, both from 1; where it starts, where it ends.
    pub span: [(usize, usize); 2],
    pub genre: String,
    pub replacement: String,
    pub name: String,
    /// The name without its line, and which of those named alike it is: stays as it is while lines come and go.
    pub key: String,
}

type Place = [(usize, usize); 2];

fn place(span: Span) -> Place {
    let at = |end: LineColumn| (end.line, end.column + 1);
    [at(span.start()), at(span.end())]
}

/// `source` with the mutants of `wanted` behind the switch, and those that are there.
pub fn rewrite(source: &str, wanted: &[&Mutant]) -> syn::Result<(String, BTreeSet<u32>)> {
    let mut file = syn::parse_file(source)?;
    let mut by_place: BTreeMap<Place, Vec<Mutant>> = BTreeMap::new();
    for mutant in wanted {
        by_place.entry(mutant.span).or_default().push((*mutant).clone());
    }
    let mut rewriter = Rewriter { by_place, constant: false, done: BTreeSet::new() };
    rewriter.visit_file_mut(&mut file);
    Ok((prettyplease::unparse(&file), rewriter.done))
}

struct Rewriter {
    by_place: BTreeMap<Place, Vec<Mutant>>,
    /// Whether the compiler evaluates what is being visited: no switch can stand there.
    constant: bool,
    done: BTreeSet<u32>,
}

fn number(id: u32) -> TokenStream {
    format!("{id}_u32").parse().expect("a literal")
}

fn on(id: u32) -> TokenStream {
    let id = number(id);
    quote!(crate::mutant::on(#id))
}

/// `inner` in a block that says which mutants it holds, for [`culprits`].
fn node(mutants: &[Mutant], inner: TokenStream) -> Expr {
    let ids = mutants.iter().map(|mutant| number(mutant.id));
    parse_quote!(({ [#(#ids),*]; #inner }))
}

fn is_lazy(op: &BinOp) -> bool {
    matches!(op, BinOp::And(_) | BinOp::Or(_))
}

/// Whether a `let` of an `if` stands in `expr`.
fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

impl Rewriter {
    fn at(&self, span: Span, genre: &str) -> Vec<Mutant> {
        if self.constant {
            return Vec::new();
        }
        let here = self.by_place.get(&place(span)).into_iter().flatten();
        here.filter(|mutant| mutant.genre == genre).cloned().collect()
    }

    fn constant(&mut self, constant: bool, visit: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.constant, constant);
        visit(self);
        self.constant = before;
    }

    fn body(&mut self, signature: &mut syn::Signature, block: &mut Block) {
        let span = place(block.span());
        let inner = match (block.stmts.first(), block.stmts.last()) {
            (Some(first), Some(last)) => [place(first.span())[0], place(last.span())[1]],
            _ => span,
        };
        let constant = signature.constness.is_some();
        let opaque = match &signature.output {
            syn::ReturnType::Type(_, ty) => match &**ty {
                syn::Type::ImplTrait(bounds) => Some(bounds.bounds.clone()),
                _ => None,
            },
            syn::ReturnType::Default => None,
        };
        let mutants: Vec<Mutant> = [span, inner]
            .iter()
            .flat_map(|span| self.by_place.get(span).into_iter().flatten())
            .filter(|mutant| mutant.genre == "FnValue" && !constant && !self.constant)
            .cloned()
            .collect();
        self.constant(constant || self.constant, |visitor| visit_mut::visit_block_mut(visitor, block));
        if let Some(bounds) = opaque.filter(|_| !mutants.is_empty()) {
            // Whatever it is, in a box.
            let captured = bounds.iter().find_map(|bound| match bound {
                syn::TypeParamBound::PreciseCapture(captured) => Some(captured.params.to_token_stream()),
                _ => None,
            });
            let named = signature.generics.lifetimes().next().is_some();
            let bounds = bounds.iter().filter(|bound| matches!(bound, syn::TypeParamBound::Trait(_)));
            let lifetime = match captured {
                Some(lifetime) => quote!(#lifetime),
                None if named => return,
                None if signature.inputs.is_empty() => quote!('static),
                None => quote!('_),
            };
            signature.output = parse_quote!(-> Box<dyn #(#bounds)+* + #lifetime>);
            let whole = &block;
            *block = parse_quote!({ Box::new(#whole) });
            for mutant in mutants.iter().rev() {
                let Ok(value) = mutant.replacement.parse::<TokenStream>() else { continue };
                let on = on(mutant.id);
                block.stmts.insert(0, parse_quote!(if #on { return Box::new(#value); }));
                self.done.insert(mutant.id);
            }
            return;
        }
        for mutant in mutants.iter().rev() {
            let Ok(value) = mutant.replacement.parse::<TokenStream>() else { continue };
            let on = on(mutant.id);
            block.stmts.insert(0, parse_quote!(if #on { return #value; }));
            self.done.insert(mutant.id);
        }
    }

    /// A chain of `&&` or of `||`, whose mutants read as the text does with one of them replaced: `a || b && c` is made of
    /// `a && b && c`, and not `(a || b) && c`.
    fn chain(&mut self, binary: &syn::ExprBinary) -> Option<Expr> {
        let all = matches!(binary.op, BinOp::And(_));
        let (mut operands, mut operators) = (Vec::new(), Vec::new());
        let mut rest = binary;
        loop {
            operands.push(&*rest.right);
            operators.push(self.at(rest.op.span(), "BinaryOperator"));
            match &*rest.left {
                Expr::Binary(left) if matches!(left.op, BinOp::And(_)) == all && is_lazy(&left.op) => rest = left,
                first => {
                    operands.push(first);
                    break;
                }
            }
        }
        operands.reverse();
        operators.reverse();
        let mutants = operators.concat();
        if mutants.is_empty() || operands.iter().any(|operand| has_let(operand)) {
            return None;
        }
        self.done.extend(mutants.iter().map(|mutant| mutant.id));
        let mut operands = operands.into_iter().cloned().map(|mut operand| {
            self.visit_expr_mut(&mut operand);
            operand
        });
        let first = operands.next();
        let steps: Vec<TokenStream> = operands
            .zip(&operators)
            .map(|(operand, mutants)| {
                let on = mutants.first().map_or(quote!(false), |mutant| on(mutant.id));
                match all {
                    // What is in front of it is enough by itself.
                    true => {
                        quote!(if #on { sure = sure || holds; holds = true; } if !sure && holds { holds = #operand; })
                    }
                    // It takes the last one as well.
                    false => {
                        quote!(if !#on { sure = sure || holds; holds = true; } if !sure && holds { holds = #operand; })
                    }
                }
            })
            .collect();
        Some(node(&mutants, quote!(let mut sure = false; let mut holds: bool = #first; #(#steps)* sure || holds)))
    }

    fn binary(&mut self, mut binary: syn::ExprBinary) -> Expr {
        let mutants = self.at(binary.op.span(), "BinaryOperator");
        if mutants.is_empty() || has_let(&binary.left) || has_let(&binary.right) {
            return Expr::Binary(binary);
        }
        self.done.extend(mutants.iter().map(|mutant| mutant.id));
        binary.attrs.clear();
        let (left, right, op) = (&binary.left, &binary.right, &binary.op);
        let chain = |left: TokenStream, right: TokenStream| {
            let mut chain = quote!({ #left #op #right });
            for mutant in mutants.iter().rev() {
                let (on, other): (_, TokenStream) = (on(mutant.id), mutant.replacement.parse().expect("an operator"));
                chain = quote!(if #on { #left #other #right } else #chain);
            }
            chain
        };
        let inner = match op {
            BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) | BinOp::Eq(_) | BinOp::Ne(_) => {
                let chain = chain(quote!(*left), quote!(*right));
                quote!(match (&(#left), &(#right)) { (left, right) => #chain })
            }
            BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => {
                let chain = chain(quote!(left), quote!(right));
                quote!(match (#left, #right) { (left, right) => #chain })
            }
            _ => chain(quote!(#left), quote!((#right))),
        };
        node(&mutants, inner)
    }
}

impl VisitMut for Rewriter {
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}

    fn visit_type_mut(&mut self, _: &mut syn::Type) {}

    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}

    fn visit_item_const_mut(&mut self, item: &mut syn::ItemConst) {
        self.constant(true, |visitor| visit_mut::visit_item_const_mut(visitor, item));
    }

    fn visit_item_static_mut(&mut self, item: &mut syn::ItemStatic) {
        self.constant(true, |visitor| visit_mut::visit_item_static_mut(visitor, item));
    }

    fn visit_impl_item_const_mut(&mut self, item: &mut syn::ImplItemConst) {
        self.constant(true, |visitor| visit_mut::visit_impl_item_const_mut(visitor, item));
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        self.constant(false, |visitor| visit_mut::visit_expr_closure_mut(visitor, closure));
    }

    fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
        self.body(&mut item.sig, &mut item.block);
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        self.body(&mut item.sig, &mut item.block);
    }

    fn visit_trait_item_fn_mut(&mut self, item: &mut syn::TraitItemFn) {
        if let Some(block) = &mut item.default {
            self.body(&mut item.sig, block);
        }
    }

    fn visit_expr_match_mut(&mut self, expr: &mut syn::ExprMatch) {
        let arms: Vec<(Vec<Mutant>, Vec<Mutant>)> = expr
            .arms
            .iter()
            .map(|arm| {
                let mut whole = self.at(arm.span(), "MatchArm");
                if whole.is_empty() {
                    // Without the comma.
                    let end = arm.body.span().end();
                    let span = [place(arm.span())[0], (end.line, end.column + 1)];
                    let here = self.by_place.get(&span).into_iter().flatten();
                    whole = here.filter(|mutant| mutant.genre == "MatchArm" && !self.constant).cloned().collect();
                }
                let guard = arm.guard.as_ref().map(|(_, guard)| self.at(guard.span(), "MatchArmGuard"));
                (whole, guard.unwrap_or_default())
            })
            .collect();
        visit_mut::visit_expr_match_mut(self, expr);
        for (arm, (whole, guards)) in expr.arms.iter_mut().zip(arms) {
            for mutant in guards {
                let Some((_, guard)) = &mut arm.guard else { continue };
                let on = on(mutant.id);
                let changed = match mutant.replacement.as_str() {
                    "true" => quote!(#on || (#guard)),
                    "false" => quote!(!#on && (#guard)),
                    _ => continue,
                };
                **guard = node(std::slice::from_ref(&mutant), changed);
                self.done.insert(mutant.id);
            }
            for mutant in whole {
                let on = on(mutant.id);
                let guard = match &arm.guard {
                    Some((_, guard)) => quote!(!#on && (#guard)),
                    None => quote!(!#on),
                };
                arm.guard = Some((Default::default(), Box::new(node(std::slice::from_ref(&mutant), guard))));
                self.done.insert(mutant.id);
            }
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        // A field is listed with its comma: it is known by where it starts.
        let starts: Vec<(usize, usize)> = match expr {
            Expr::Struct(literal) => literal.fields.iter().map(|field| place(field.span())[0]).collect(),
            _ => Vec::new(),
        };
        let fields: Vec<Mutant> = match self.constant {
            true => Vec::new(),
            false => self
                .by_place
                .iter()
                .filter(|(place, _)| starts.contains(&place[0]))
                .flat_map(|(_, mutants)| mutants)
                .filter(|mutant| mutant.genre == "StructField")
                .cloned()
                .collect(),
        };
        if let Expr::Binary(binary) = expr
            && is_lazy(&binary.op)
            && let Some(chain) = self.chain(binary)
        {
            *expr = chain;
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Binary(binary) if !is_lazy(&binary.op) => *expr = self.binary(binary.clone()),
            Expr::Unary(unary) => {
                let mutants = self.at(unary.op.span(), "UnaryOperator");
                let [mutant] = mutants.as_slice() else { return };
                if has_let(&unary.expr) {
                    return;
                }
                self.done.insert(mutant.id);
                let (on, operand, op) = (on(mutant.id), &unary.expr, &unary.op);
                let inner = match op {
                    UnOp::Not(_) | UnOp::Neg(_) => {
                        quote!(match (#operand) { operand => if #on { operand } else { #op operand } })
                    }
                    _ => quote!(if #on { #operand } else { #op #operand }),
                };
                *expr = node(&mutants, inner);
            }
            Expr::Struct(literal) if !fields.is_empty() => {
                let original = literal.clone();
                let mut inner = quote!(#original);
                for mutant in &fields {
                    let mut without = original.clone();
                    let kept = original.fields.iter().zip(&starts).filter(|(_, start)| **start != mutant.span[0]);
                    without.fields = kept.map(|(field, _)| field.clone()).collect();
                    if !without.fields.is_empty() {
                        without.fields.push_punct(Default::default());
                    }
                    let on = on(mutant.id);
                    inner = quote!(if #on { #without } else { #inner });
                    self.done.insert(mutant.id);
                }
                *expr = node(&fields, inner);
            }
            _ => {}
        }
    }
}

/// The mutants of a rewritten file that an error at `line` and `column` (both from 1) is due to: the one whose branch it
/// stands in, or all of the smallest piece around it.
pub fn culprits(rewritten: &str, line: usize, column: usize) -> BTreeSet<u32> {
    let Ok(tokens) = rewritten.parse::<TokenStream>() else { return BTreeSet::new() };
    let mut found = BTreeSet::new();
    search(tokens, (line, column), &mut found);
    found
}

fn search(tokens: TokenStream, at: (usize, usize), found: &mut BTreeSet<u32>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    if let [TokenTree::Group(group), TokenTree::Punct(_), ..] = tokens.as_slice()
        && group.delimiter() == Delimiter::Bracket
        && let Some(ids) = ids(group.stream())
    {
        *found = ids;
    }
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let [start, end] = place(group.span());
        if !(start <= at && at < end) {
            continue;
        }
        if group.delimiter() == Delimiter::Brace
            && index >= 2
            && let [TokenTree::Ident(name), TokenTree::Group(arguments)] = &tokens[index - 2..index]
            && name == "on"
            && let Some(id) = ids(arguments.stream())
        {
            *found = id;
        }
        search(group.stream(), at, found);
    }
}

/// The numbers of mutants in `tokens`, if there is nothing else.
fn ids(tokens: TokenStream) -> Option<BTreeSet<u32>> {
    let numbers = tokens.into_iter().filter(|token| !matches!(token, TokenTree::Punct(_)));
    let ids: Option<BTreeSet<u32>> =
        numbers.map(|token| token.to_token_stream().to_string().strip_suffix("_u32")?.parse().ok()).collect();
    ids.filter(|ids| !ids.is_empty())
}

/// The mutants of the function of a rewritten file that `line` and `column` stand in.
pub fn residents(rewritten: &str, line: usize, column: usize) -> BTreeSet<u32> {
    let Ok(mut file) = syn::parse_file(rewritten) else { return BTreeSet::new() };
    let mut visitor = Residents { at: (line, column), found: BTreeSet::new() };
    visitor.visit_file_mut(&mut file);
    visitor.found
}

struct Residents {
    at: (usize, usize),
    found: BTreeSet<u32>,
}

impl Residents {
    fn function(&mut self, function: &impl ToTokens) {
        let [start, end] = place(function.span());
        if start <= self.at && self.at < end {
            self.found.clear();
            numbers(function.to_token_stream(), &mut self.found);
        }
    }
}

/// Every mutant's number in `tokens`.
fn numbers(tokens: TokenStream, found: &mut BTreeSet<u32>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => numbers(group.stream(), found),
            token => found.extend(ids(token.into()).into_iter().flatten()),
        }
    }
}

impl VisitMut for Residents {
    fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
        self.function(item);
        visit_mut::visit_item_fn_mut(self, item);
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        self.function(item);
        visit_mut::visit_impl_item_fn_mut(self, item);
    }

    fn visit_trait_item_fn_mut(&mut self, item: &mut syn::TraitItemFn) {
        self.function(item);
        visit_mut::visit_trait_item_fn_mut(self, item);
    }
}
