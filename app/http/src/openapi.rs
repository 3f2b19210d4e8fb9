//! The OpenAPI document, made of the registered routes: what is not registered is not described, and the other way
//! round.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ContentType};
use contract::{Access, ErrorBody, Method, Route, health};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::info::{InfoBuilder, LicenseBuilder};
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathsBuilder};
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Ref, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{OpenApi, OpenApiBuilder, PathItem, RefOr, Required, ResponseBuilder};
use utoipa::{PartialSchema as _, ToSchema as _};

use crate::answer::Reply;
use crate::doc::Doc;
use crate::registry::{Area, Entry, Routes};
use crate::routes;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&health::OPENAPI, Doc::raw("application/json"), document_of_server);
}

async fn document_of_server(server: Server) -> Reply {
    let mut response = HttpResponse::Ok();
    response.insert_header(ContentType::json()).insert_header((CACHE_CONTROL, "no-cache"));
    Ok(response.body(server.openapi.clone()))
}

/// The document as JSON.
#[must_use]
pub fn document() -> String {
    // Names and schemas are our own types: they can always be written.
    of_routes(&routes::all()).to_pretty_json().unwrap_or_default()
}

fn of_routes(routes: &Routes) -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut components = ComponentsBuilder::new()
        .schema(ErrorBody::name(), ErrorBody::schema())
        .security_scheme("session", session_scheme())
        .security_scheme("token", bearer_scheme());
    let mut nested = Vec::new();
    ErrorBody::schemas(&mut nested);
    let mut tags: Vec<&str> = Vec::new();
    for entry in routes.entries() {
        if !tags.contains(&entry.area) {
            tags.push(entry.area);
        }
        let item = PathItem::new(method(entry.route.method), operation(entry));
        paths = paths.path(entry.route.path, item);
        nested.extend(entry.doc.schemas.iter().cloned());
    }
    components = components.schemas_from_iter(nested);
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("ReturnDesk")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some("Returns and exchanges. Grammar, paging, errors and keys: app/docs/api.md."))
                .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build())),
        )
        .paths(paths)
        .components(Some(components.build()))
        .tags(Some(tags.into_iter().map(|tag| TagBuilder::new().name(tag).build())))
        .build()
}

fn operation(entry: &Entry) -> OperationBuilder {
    let Entry { area, route, doc, .. } = entry;
    let mut operation = OperationBuilder::new()
        .operation_id(Some(route.operation))
        .summary(Some(route.summary))
        .tag(*area)
        .request_body(doc.body.clone());
    for name in route.variables() {
        operation = operation.parameter(text_parameter(name, ParameterIn::Path, Required::True, None));
    }
    for parameter in &doc.query {
        operation = operation.parameter(parameter.clone());
    }
    if !route.method.is_safe() {
        let about = "The same key with the same request gets the first answer again.";
        let key = text_parameter("Idempotency-Key", ParameterIn::Header, Required::False, Some(about));
        operation = operation.parameter(key);
    }
    let mut success = ResponseBuilder::new();
    if let Some((about, content)) = &doc.answer {
        success = success.description(about.clone());
        if let Some(content) = content {
            success = success.content(doc.media_type(), content.clone());
        }
    }
    operation = operation.response(doc.status.to_string(), success.build()).response("default", refusal());
    secured(operation, route)
}

fn secured(mut operation: OperationBuilder, route: &Route) -> OperationBuilder {
    match route.access {
        Access::Public | Access::Customer => return operation.securities(Some(Vec::<SecurityRequirement>::new())),
        Access::SignedIn => {}
        Access::Needs(permission) => operation = operation.description(Some(format!("Needs `{permission}`."))),
        Access::NeedsOne(some) => {
            let list: Vec<String> = some.iter().map(|permission| format!("`{permission}`")).collect();
            operation = operation.description(Some(format!("Needs one of {}.", list.join(", "))));
        }
    }
    let none = Vec::<String>::new();
    operation
        .security(SecurityRequirement::new("session", none.clone()))
        .security(SecurityRequirement::new("token", none))
}

fn refusal() -> utoipa::openapi::Response {
    let body = RefOr::Ref(Ref::from_schema_name(ErrorBody::name()));
    let content = ContentBuilder::new().schema(Some(body)).build();
    ResponseBuilder::new().description("Refused.").content("application/json", content).build()
}

fn text_parameter(name: &str, place: ParameterIn, required: Required, about: Option<&str>) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String);
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(about)
        .schema(Some(text))
        .build()
}

fn method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::Get,
        Method::Post => HttpMethod::Post,
        Method::Put => HttpMethod::Put,
        Method::Patch => HttpMethod::Patch,
        Method::Delete => HttpMethod::Delete,
    }
}

fn session_scheme() -> SecurityScheme {
    let about = "The cookie of POST /api/session; with it, requests that change something carry `X-CSRF-Token`.";
    SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description("returndesk", about)))
}

fn bearer_scheme() -> SecurityScheme {
    SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build())
}
