"""Runs HubSpot's own Python client, unmodified but for the base URL, against the built-in CRM, and
asserts that it decodes what HubSpot documents. Called by scripts/check-clients."""

import datetime
import json
import sys
import traceback

from hubspot import HubSpot
from hubspot.crm import contacts as c
from hubspot.crm import properties as p

BASE = sys.argv[1]
client = HubSpot(access_token="sandbox", host=BASE)
contacts = client.crm.contacts
properties = client.crm.properties


def refused(error, call):
    """What a refused call says; the client raises for every status of 400 and more."""
    try:
        call()
    except error as e:
        return e, json.loads(e.body)
    raise AssertionError("the call was not refused")


def groups():
    group = p.PropertyGroupCreate(name="python_mql", label="MQL", display_order=-1)
    created = properties.groups_api.create("contacts", group)
    assert (created.name, created.label, created.archived) == ("python_mql", "MQL", False)
    assert properties.groups_api.get_by_name("contacts", "python_mql").label == "MQL"
    assert "python_mql" in [each.name for each in properties.groups_api.get_all("contacts").results]
    again, _ = refused(p.ApiException, lambda: properties.groups_api.create("contacts", group))
    assert again.status == 409


def core_properties():
    score = p.PropertyCreate(
        name="python_score", label="Score", type="number", field_type="number", group_name="python_mql"
    )
    created = properties.core_api.create("contacts", score)
    assert created.type == "number" and isinstance(created.created_at, datetime.datetime)
    assert created.modification_metadata.read_only_value is False
    updated = properties.core_api.update("contacts", "python_score", p.PropertyUpdate(label="MQL score"))
    assert updated.label == "MQL score"
    assert any(each.name == "email" and each.hubspot_defined for each in properties.core_api.get_all("contacts").results)
    again, body = refused(p.ApiException, lambda: properties.core_api.create("contacts", score))
    assert again.status == 409
    assert body["category"] == "OBJECT_ALREADY_EXISTS"
    assert body["subCategory"] == "Properties.PROPERTY_WITH_NAME_EXISTS"
    missing, body = refused(p.ApiException, lambda: properties.core_api.get_by_name("contacts", "nowhere"))
    assert (missing.status, body["category"]) == (404, "OBJECT_NOT_FOUND")


def property_batches():
    level = p.PropertyCreate(
        name="python_level",
        label="Level",
        type="enumeration",
        field_type="select",
        group_name="python_mql",
        options=[p.OptionInput(label="Hot", value="hot", display_order=0, hidden=False)],
    )
    created = properties.batch_api.create("contacts", p.BatchInputPropertyCreate(inputs=[level]))
    assert created.status == "COMPLETE"
    assert [option.value for option in created.results[0].options] == ["hot"]
    partial = properties.batch_api.create("contacts", p.BatchInputPropertyCreate(inputs=[level]))
    assert partial.num_errors == 1 and partial.errors[0].category == "OBJECT_ALREADY_EXISTS"


def one_contact():
    created = contacts.basic_api.create(
        c.SimplePublicObjectInputForCreate(properties={"email": "Python@Client.example", "firstname": "Ada"}, associations=[])
    )
    assert created.id.isdigit() and created.properties["email"] == "python@client.example"
    assert isinstance(created.created_at, datetime.datetime) and created.archived is False
    read = contacts.basic_api.get_by_id(created.id, properties=["firstname", "lastname", "no_such_name"])
    assert read.properties["firstname"] == "Ada" and read.properties["lastname"] is None
    assert "no_such_name" not in read.properties
    by_mail = contacts.basic_api.get_by_id("python@client.example", id_property="email")
    assert by_mail.id == created.id
    updated = contacts.basic_api.update(created.id, c.SimplePublicObjectInput(properties={"python_score": "41"}))
    assert updated.properties["python_score"] == "41"
    history = contacts.basic_api.get_by_id(created.id, properties_with_history=["python_score"])
    assert history.properties_with_history["python_score"][0].value == "41"
    conflict, body = refused(
        c.ApiException,
        lambda: contacts.basic_api.create(
            c.SimplePublicObjectInputForCreate(properties={"email": "python@client.example"}, associations=[])
        ),
    )
    assert (conflict.status, body["category"]) == (409, "CONFLICT")
    assert body["message"] == f"Contact already exists. Existing ID: {created.id}"
    contacts.basic_api.archive(created.id)
    assert refused(c.ApiException, lambda: contacts.basic_api.get_by_id(created.id))[0].status == 404


def contact_batches():
    created = contacts.batch_api.create(
        c.BatchInputSimplePublicObjectBatchInputForCreate(
            inputs=[
                c.SimplePublicObjectBatchInputForCreate(properties={"email": f"{name}@python.example"}, associations=[])
                for name in "abc"
            ]
        )
    )
    assert created.status == "COMPLETE" and isinstance(created.started_at, datetime.datetime)
    ids = {each.properties["email"]: each.id for each in created.results}
    assert len(ids) == 3
    updated = contacts.batch_api.update(
        c.BatchInputSimplePublicObjectBatchInput(
            inputs=[c.SimplePublicObjectBatchInput(id=i, properties={"python_score": "7"}) for i in ids.values()]
        )
    )
    assert all(each.properties["python_score"] == "7" for each in updated.results)
    read = contacts.batch_api.read(
        c.BatchReadInputSimplePublicObjectId(
            id_property="email",
            properties=["email"],
            properties_with_history=[],
            inputs=[c.SimplePublicObjectId(id="a@python.example"), c.SimplePublicObjectId(id="nobody@python.example")],
        )
    )
    assert [each.id for each in read.results] == [ids["a@python.example"]]
    assert read.num_errors == 1 and read.errors[0].category == "OBJECT_NOT_FOUND"
    assert read.errors[0].context["ids"] == ["nobody@python.example"]

    def upsert(*rows):
        return contacts.batch_api.upsert(
            c.BatchInputSimplePublicObjectBatchInputUpsert(
                inputs=[
                    c.SimplePublicObjectBatchInputUpsert(
                        id=f"{name}@python.example", id_property="email", object_write_trace_id=name, properties=values
                    )
                    for name, values in rows
                ]
            )
        )

    upserted = {each.id: each.new for each in upsert(("a", {"python_level": "hot"}), ("d", {"python_level": "hot"})).results}
    assert upserted[ids["a@python.example"]] is False and sum(upserted.values()) == 1
    partial = upsert(("a", {"python_score": "8"}), ("b", {"python_score": "many"}))
    assert len(partial.results) == 1 and partial.num_errors == 1
    assert partial.errors[0].context["objectWriteTraceId"] == ["b"]
    contacts.batch_api.archive(
        c.BatchInputSimplePublicObjectId(inputs=[c.SimplePublicObjectId(id=i) for i in ids.values()])
    )
    assert refused(c.ApiException, lambda: contacts.basic_api.get_by_id(ids["b@python.example"]))[0].status == 404


def search_and_list():
    for name, score in (("x", "10"), ("y", "20")):
        contacts.basic_api.create(
            c.SimplePublicObjectInputForCreate(
                properties={"email": f"{name}@psearch.example", "python_score": score}, associations=[]
            )
        )
    found = contacts.search_api.do_search(
        c.PublicObjectSearchRequest(
            filter_groups=[
                c.FilterGroup(filters=[c.Filter(property_name="email", operator="CONTAINS_TOKEN", value="*@psearch.example")])
            ],
            sorts=["-python_score"],
            properties=["email", "python_score"],
            limit=1,
            after="0",
        )
    )
    assert found.total == 2 and found.results[0].properties["email"] == "y@psearch.example"
    assert found.paging.next.after == "1"
    page = contacts.basic_api.get_page(limit=1)
    assert len(page.results) == 1 and page.paging.next.after
    assert len(contacts.get_all()) >= 2


def errors():
    bad, body = refused(
        c.ApiException,
        lambda: contacts.basic_api.create(
            c.SimplePublicObjectInputForCreate(properties={"email": "not an address"}, associations=[])
        ),
    )
    assert (bad.status, body["category"]) == (400, "VALIDATION_ERROR") and body["correlationId"]
    assert json.loads(body["message"][body["message"].index("["):])[0]["error"] == "INVALID_EMAIL"
    stranger = HubSpot(access_token="wrong", host=BASE)
    denied, body = refused(c.UnauthorizedException if hasattr(c, "UnauthorizedException") else c.ApiException,
                           lambda: stranger.crm.contacts.basic_api.get_page(limit=1))
    assert (denied.status, body["category"]) == (401, "INVALID_AUTHENTICATION")


failed = 0
for check in (groups, core_properties, property_batches, one_contact, contact_batches, search_and_list, errors):
    name = check.__name__.replace("_", " ")
    try:
        check()
        print(f"  ok      {name}")
    except Exception:
        failed += 1
        print(f"  FAILED  {name}")
        traceback.print_exc(limit=4, file=sys.stdout)
sys.exit(1 if failed else 0)
