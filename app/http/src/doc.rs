//! What a route takes and gives, in OpenAPI's terms.

use contract::Page;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Ref, Schema, Type};
use utoipa::openapi::{Content, RefOr, Required};
use utoipa::{IntoParams, PartialSchema as _, ToSchema};

const JSON: &str = "application/json";

/// The description of a route besides what the table says.
#[derive(Clone, Default)]
pub(crate) struct Doc {
    pub(crate) status: u16,
    pub(crate) answer: Option<(String, Option<Content>)>,
    pub(crate) body: Option<RequestBody>,
    pub(crate) query: Vec<Parameter>,
    pub(crate) schemas: Vec<(String, RefOr<Schema>)>,
}

impl Doc {
    /// Answers `status` with a view.
    pub(crate) fn view<T: ToSchema>(status: u16) -> Self {
        let mut doc = Self { status, ..Self::default() };
        let content = doc.content::<T>();
        doc.answer = Some((T::name().into_owned(), Some(content)));
        doc
    }

    /// Answers 200 with a whole list.
    pub(crate) fn list<T: ToSchema>() -> Self {
        let mut doc = Self { status: 200, ..Self::default() };
        doc.add_schema::<T>();
        let items = ArrayBuilder::new().items(Ref::from_schema_name(T::name()));
        let content = ContentBuilder::new().schema(Some(items)).build();
        doc.answer = Some((format!("A list of {}.", T::name()), Some(content)));
        doc
    }

    /// Answers 200 with a page of a list; takes `after` and `limit`.
    pub(crate) fn page<T: ToSchema>() -> Self
    where
        Page<T>: ToSchema,
    {
        let mut doc = Self { status: 200, ..Self::default() };
        doc.add_schema::<T>();
        // Pages of everything have one generic name: each is described under one of its own.
        let name = format!("{}Page", T::name());
        doc.schemas.push((name.clone(), Page::<T>::schema()));
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(&name))).build();
        doc.answer = Some((name, Some(content)));
        doc.query.push(query("after", "What `next` of the page before says.", Type::String));
        doc.query.push(query("limit", "Most items on the page, 50 unless said, 200 at most.", Type::Integer));
        doc
    }

    /// Takes `after` and `limit`, for a page of a shape of its own.
    pub(crate) fn paged(mut self) -> Self {
        self.query.push(query("after", "What `next` of the page before says.", Type::String));
        self.query.push(query("limit", "Most items on the page, 50 unless said, 200 at most.", Type::Integer));
        self
    }

    /// Answers 204 with nothing.
    pub(crate) fn nothing() -> Self {
        Self { status: 204, answer: Some(("Done.".to_owned(), None)), ..Self::default() }
    }

    /// Answers 200 with something that is not JSON.
    pub(crate) fn raw(content_type: &'static str) -> Self {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let content = ContentBuilder::new().schema(Some(text)).build();
        Self { status: 200, answer: Some((content_type.to_owned(), Some(content))), ..Self::default() }
    }

    /// Takes a JSON body.
    pub(crate) fn body<T: ToSchema>(mut self) -> Self {
        let content = self.content::<T>();
        let body = RequestBodyBuilder::new().content(JSON, content).required(Some(Required::True));
        self.body = Some(body.build());
        self
    }

    /// Takes query parameters.
    pub(crate) fn query<T: IntoParams>(mut self) -> Self {
        let more = T::into_params(|| Some(ParameterIn::Query));
        self.query.retain(|known| more.iter().all(|one| one.name != known.name));
        self.query.extend(more);
        self
    }

    /// The media type of the answer.
    pub(crate) fn media_type(&self) -> &str {
        match &self.answer {
            Some((name, Some(_))) if name.contains('/') => name,
            _ => JSON,
        }
    }

    fn content<T: ToSchema>(&mut self) -> Content {
        self.add_schema::<T>();
        ContentBuilder::new().schema(Some(RefOr::<Schema>::Ref(Ref::from_schema_name(T::name())))).build()
    }

    fn add_schema<T: ToSchema>(&mut self) {
        T::schemas(&mut self.schemas);
        self.schemas.push((T::name().into_owned(), T::schema()));
    }
}

fn query(name: &str, description: &str, kind: Type) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(kind)))
        .build()
}
