"""The OpenAPI document is valid, and every answer of the API is what it says."""

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from guide_site.public.api.endpoints import ENDPOINTS
from guide_site.public.api.views import urlpatterns
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client):
    return client.get("/api/openapi.json").json()


def faults(document, path, status, data):
    """What is wrong with an answer, by the schema that the document has for it."""
    at = ["paths", path, "get", "responses", str(status), "content", "application/json", "schema"]
    pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in at)
    schema = document | {"$ref": f"#/{pointer}"}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def test_the_document_is_valid(document):
    validate(document)
    assert document["openapi"] == "3.1.0"


def test_it_has_every_address_of_the_api_and_no_other(document):
    served = {f"/api/{pattern.pattern}" for pattern in urlpatterns}
    served -= {"/api/", "/api/openapi.json", "/api/<path:rest>"}
    keys = {endpoint.name: endpoint.key[1] for endpoint in ENDPOINTS if endpoint.key}
    for name, key in keys.items():
        served = {
            path.replace("<int:key>", f"{{{key}}}").replace("<str:key>", f"{{{key}}}")
            if path.startswith(f"/api/{name}/")
            else path
            for path in served
        }
    assert set(document["paths"]) == served


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_a_list_is_what_the_document_says(client, guide, document, endpoint):
    path = f"/api/{endpoint.name}/"
    for size in (1, 100):
        data = client.get(f"{path}?page_size={size}").json()
        assert data["results"]
        assert faults(document, path, 200, data) == []


@pytest.mark.parametrize(
    "endpoint", [one for one in ENDPOINTS if one.key], ids=lambda endpoint: endpoint.name
)
def test_a_single_row_is_what_the_document_says(client, guide, document, endpoint):
    path, key = f"/api/{endpoint.name}/", endpoint.key[1]
    for row in client.get(path).json()["results"]:
        answer = client.get(f"{path}{row[key]}/")
        assert answer.json() == row
        assert faults(document, f"{path}{{{key}}}/", 200, answer.json()) == []


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_a_refusal_is_what_the_document_says(client, guide, document, endpoint):
    path = f"/api/{endpoint.name}/"
    for query, status in (("page=x", 400), ("nothing=1", 400), ("page=1000", 404)):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == status
        assert faults(document, path, status, answer.json()) == []


def test_the_check_finds_faults(client, guide, document):
    data = client.get("/api/tags/").json()
    data["results"][0]["slug"] = 5
    del data["count"]
    assert len(faults(document, "/api/tags/", 200, data)) == 2


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_parameter_is_described_and_taken(client, guide, document, endpoint):
    path = f"/api/{endpoint.name}/"
    for parameter in document["paths"][path]["get"]["parameters"]:
        assert parameter["description"]
        answer = client.get(path, {parameter["name"]: "?" * 201})
        assert answer.json()["parameters"] == [parameter["name"]]


def test_kinds_and_limits_are_told(document):
    found = {
        p["name"]: p["schema"] for p in document["paths"]["/api/entries/"]["get"]["parameters"]
    }
    assert found["tag"]["maxItems"] == 5
    assert "bullet" in found["kind"]["enum"]
    assert found["page_size"] == {"type": "integer", "minimum": 1, "maximum": 500}


def test_to_describe_the_api_leaves_its_filters_as_they_are(client, guide, document):
    assert client.get("/api/entries/?tag=gotcha&service=s3").status_code == 200
    assert client.get("/tagged/?tag=gotcha&service=s3").status_code == 200
    factories.legend_tag("tip", "🔹")
    assert client.get("/api/entries/?tag=tip").json()["count"] == 0
