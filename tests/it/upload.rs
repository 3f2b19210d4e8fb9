//! Files in pieces: broken off and gone on with, by whom, how large, what they are; and how they are handed out again.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;

use serde_json::{Value, json};
use support::{Client, Floor};

const TOKEN: &str = "an-upload-token-that-nobody-guesses-0001";
const DAY_MS: i64 = 86_400_000;

/// A film: a box that says so, and some bytes.
fn film(bytes: usize) -> Vec<u8> {
    let mut film = b"\0\0\0\x10ftypisom\0\0\0\0".to_vec();
    film.extend(u32::try_from(bytes).expect("a size").to_be_bytes());
    film.extend(b"mdat");
    film.extend((0..bytes - 8).map(|at| u8::try_from(at % 251).expect("a byte")));
    film
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("a length").to_be_bytes();
    [&[0xFF, marker], length.as_slice(), data].concat()
}

/// A photo with a place in its Exif.
fn photo() -> Vec<u8> {
    [
        vec![0xFF, 0xD8],
        segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1aGPS 31.2304N 121.4737E"),
        segment(0xDB, &[1; 65]),
        segment(0xC0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
        b"entropy-coded pixels\xFF\xD9".to_vec(),
    ]
    .concat()
}

fn begin(client: &Client, token: &str, size: usize) -> Value {
    let body = json!({ "name": "IMG_0001.MOV", "size_bytes": size });
    client.put(&format!("/api/uploads/{token}"), &body).expect(200)
}

fn append(client: &Client, token: &str, offset: usize, bytes: &[u8]) -> support::Answer {
    let client = client.clone().with("upload-offset", &offset.to_string());
    client.send_bytes("PATCH", &format!("/api/uploads/{token}"), bytes)
}

fn received(client: &Client, token: &str) -> usize {
    let view = client.get(&format!("/api/uploads/{token}")).expect(200);
    usize::try_from(view["received_bytes"].as_u64().expect("a number")).expect("a size")
}

fn whole(client: &Client, token: &str, content: &[u8]) -> Value {
    begin(client, token, content.len());
    append(client, token, 0, content).expect(200)["file"].clone()
}

/// Sends the head of a request for all of `content` and only its first `sent` bytes, then goes away.
fn cut_off(floor: &Floor, client: &Client, cookie: &str, content: &[u8], sent: usize) {
    let url = floor.harness.url();
    let mut line = TcpStream::connect(url.trim_start_matches("http://")).expect("a line");
    let head = format!(
        "PATCH /api/uploads/{TOKEN} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\nx-csrf-token: {}\r\nupload-offset: 0\r\ncontent-length: {}\r\n\r\n",
        client.csrf().expect("a token"),
        content.len()
    );
    line.write_all(head.as_bytes()).expect("sent");
    line.write_all(&content[..sent]).expect("sent");
    line.shutdown(std::net::Shutdown::Write).expect("cut");
    // Until the server has noticed and let go.
    let mut rest = Vec::new();
    let _ = line.read_to_end(&mut rest);
}

#[test]
fn what_arrived_before_the_line_broke_is_not_sent_again() {
    let floor = Floor::open();
    let client = floor.by("agent");
    let content = film(700_000);
    begin(client, TOKEN, content.len());
    let cookie = client.cookie().expect("a session").to_owned();
    cut_off(&floor, client, &cookie, &content, 300_000);
    assert_eq!(received(client, TOKEN), 300_000);
    // A reload begins again with the token it kept, and learns how far it was.
    assert_eq!(begin(client, TOKEN, content.len())["received_bytes"], 300_000);
    append(client, TOKEN, 0, &content).refused(409, "wrong_offset");
    append(client, TOKEN, 400_000, &content[400_000..]).refused(409, "wrong_offset");
    let done = append(client, TOKEN, 300_000, &content[300_000..]).expect(200);
    assert_eq!(done["file"]["media_type"], "video/mp4");
    // Again, as after a lost answer: the same file.
    assert_eq!(append(client, TOKEN, 300_000, &content[300_000..]).expect(200)["file"], done["file"]);
    assert_eq!(begin(client, TOKEN, content.len())["file"], done["file"]);
    let id = done["file"]["id"].as_str().expect("an id");
    let (_, _, bytes) = client.download(&format!("/api/attachments/{id}"));
    assert_eq!(bytes, content);
}

#[test]
fn two_windows_that_send_one_file_make_one_file() {
    let floor = Floor::open();
    let client = floor.by("agent");
    let content = film(3_000_000);
    begin(client, TOKEN, content.len());
    let window = |client: Client, content: Vec<u8>| {
        thread::spawn(move || {
            loop {
                let view = client.get(&format!("/api/uploads/{TOKEN}")).expect(200);
                if view["file"].is_object() {
                    return view["file"].clone();
                }
                let at = usize::try_from(view["received_bytes"].as_u64().expect("a number")).expect("a size");
                let end = content.len().min(at + 100_000);
                let sent = append(&client, TOKEN, at, &content[at..end]);
                assert!(matches!(sent.status, 200 | 409), "{}", sent.text);
            }
        })
    };
    let windows = [window(client.clone(), content.clone()), window(client.clone(), content.clone())];
    let [one, two] = windows.map(|window| window.join().expect("a window"));
    assert_eq!(one, two);
    let (_, _, bytes) = client.download(&format!("/api/attachments/{}", one["id"].as_str().expect("an id")));
    assert!(bytes == content, "the bytes are those of the file, once each");
}

#[test]
fn a_photo_loses_its_place_and_keeps_its_pixels() {
    let floor = Floor::open();
    let client = floor.by("agent");
    let file = whole(client, TOKEN, &photo());
    assert_eq!(file["media_type"], "image/jpeg");
    let (_, _, bytes) = client.download(&format!("/api/attachments/{}", file["id"].as_str().expect("an id")));
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(!has(b"GPS") && !has(b"Exif"), "{bytes:02x?}");
    assert!(has(b"entropy-coded pixels\xFF\xD9"));
    // And so by the other door.
    let one = client.send_bytes("POST", "/api/attachments", &photo()).expect(201);
    assert_eq!(one["size_bytes"], file["size_bytes"]);
}

#[test]
fn lies_bombs_and_what_is_too_large_are_refused_by_name() {
    let floor = Floor::open();
    let client = floor.by("agent");
    let token = |number: usize| format!("{TOKEN}-{number}");
    let refused = |number: usize, content: &[u8], code: &str| {
        begin(client, &token(number), content.len());
        append(client, &token(number), 0, content).refused(422, code);
        client.get(&format!("/api/uploads/{}", token(number))).refused(404, "not_found");
    };
    refused(1, b"<svg onload=alert(1)></svg>", "file_type");
    refused(2, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "file_heic");
    refused(3, b"\xFF\xD8\xFF\xE0 no picture at all", "file_broken");
    let mut bomb = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    bomb.extend([0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
    refused(4, &bomb, "picture_too_large");
    let begun = |size: u64| client.put(&format!("/api/uploads/{}", token(5)), &json!({ "size_bytes": size }));
    begun(100 * 1_048_576 + 1).refused(422, "file_too_large");
    begun(0).refused(422, "file_empty");
    begin(client, &token(6), 10);
    append(client, &token(6), 0, &[0; 11]).refused(422, "upload_too_long");
    client.put(&format!("/api/uploads/{}", token(6)), &json!({ "size_bytes": 11 })).refused(409, "upload_differs");
    client.put("/api/uploads/short", &json!({ "size_bytes": 11 })).refused(422, "malformed_token");
    let unsaid = client.send_bytes("PATCH", &format!("/api/uploads/{}", token(6)), &[0; 10]);
    unsaid.refused(400, "offset_needed");
    let limits = client.get("/api/upload-limits").expect(200);
    assert_eq!((&limits["max_bytes"], &limits["max_case_bytes"]), (&json!(104_857_600), &json!(314_572_800)));
}

#[test]
fn nobody_goes_on_with_anothers_upload() {
    let floor = Floor::open();
    begin(floor.by("agent"), TOKEN, 100);
    for other in ["lead", "clerk"] {
        let other = floor.by(other);
        other.get(&format!("/api/uploads/{TOKEN}")).refused(404, "not_found");
        append(other, TOKEN, 0, &[0; 10]).refused(404, "not_found");
        other.put(&format!("/api/uploads/{TOKEN}"), &json!({ "size_bytes": 100 })).refused(404, "not_found");
        other.delete(&format!("/api/uploads/{TOKEN}")).refused(404, "not_found");
    }
    floor.harness.anonymous().get(&format!("/api/portal/uploads/{TOKEN}")).refused(404, "not_found");
    floor.by("agent").delete(&format!("/api/uploads/{TOKEN}"));
    floor.by("agent").get(&format!("/api/uploads/{TOKEN}")).refused(404, "not_found");
}

#[test]
fn a_broken_off_upload_is_forgotten_after_two_days() {
    let floor = Floor::open();
    let client = floor.by("agent");
    let content = film(5_000);
    begin(client, TOKEN, content.len());
    append(client, TOKEN, 0, &content[..1_000]).expect(200);
    let parts = || std::fs::read_dir(floor.harness.dir().join("uploads")).expect("a folder").count();
    let expire = || {
        let call = operations::Call::system("upload.expire");
        operations::upload::clean::expire(floor.harness.app(), call, 10).expect("expired")
    };
    assert_eq!((expire(), parts()), (0, 1));
    floor.harness.clock().advance_ms(2 * DAY_MS);
    assert_eq!((expire(), parts()), (1, 0));
}

fn customer(floor: &Floor, order: &str) -> Client {
    floor.harness.anonymous().with("x-order-proof", &format!("shop=A&number={order}&phone_tail=1111"))
}

#[test]
fn a_customer_fills_their_case_and_no_more() {
    let floor = Floor::open();
    floor.order("ORDER-1", "S1", 3, 3_000);
    let client = customer(&floor, "ORDER-1");
    let begun = |number: usize, megabytes: usize| {
        let body = json!({ "name": "a.mp4", "size_bytes": megabytes * 1_048_576 });
        client.put(&format!("/api/portal/uploads/{TOKEN}-{number}"), &body)
    };
    for number in 0..3 {
        begun(number, 99).expect(200);
    }
    let refused = begun(3, 10).refused(422, "case_files_full");
    assert!(refused["message"].as_str().is_some_and(|words| words.contains('3')), "{refused}");
    begun(4, 3).expect(200);
    // What is given up makes room.
    client.delete(&format!("/api/portal/uploads/{TOKEN}-0"));
    begun(5, 99).expect(200);
}

#[test]
fn a_customers_file_belongs_to_the_order_it_was_sent_for() {
    let floor = Floor::open();
    floor.order("ORDER-1", "S1", 3, 3_000);
    floor.order("ORDER-2", "S2", 3, 3_000);
    let sent = customer(&floor, "ORDER-1").send_bytes("POST", "/api/portal/attachments", &photo()).expect(201);
    let file = |order: &str| {
        let client = customer(&floor, order);
        let offered = client.get("/api/portal/order").expect(200);
        let body = json!({ "answers": {
            "order": order, "customer": { "name": "张三", "phone": "13800001111" },
            "goods": [{ "line": offered["context"]["lines"][0]["line"], "kind": "return_refund", "quantity": 1 }],
            "reason": "dislike", "return_phone": "13800001111", "photos": [sent["id"]],
        } });
        client.post("/api/portal/rmas", &body)
    };
    file("ORDER-2").refused(422, "no_such_file");
    file("ORDER-1").expect(201);
}

#[test]
fn a_film_is_handed_out_in_ranges() {
    let floor = Floor::open();
    let client = floor.by("agent");
    let content = film(1_000);
    let file = whole(client, TOKEN, &content);
    let path = format!("/api/attachments/{}", file["id"].as_str().expect("an id"));
    let read = |headers: &[(&str, &str)]| {
        let client = headers.iter().fold(client.clone(), |client, (name, value)| client.with(name, value));
        let (status, headers, bytes) = client.download(&path);
        let header =
            |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        (status, header("content-range"), bytes, headers.clone())
    };
    let (status, _, bytes, headers) = read(&[]);
    assert_eq!((status, &bytes), (200, &content));
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-disposition"), "inline; filename*=UTF-8''IMG%5F0001%2EMOV");
    assert!(header("content-security-policy").contains("sandbox"));
    let tag = header("etag").to_owned();
    let (status, range, bytes, _) = read(&[("range", "bytes=10-19")]);
    assert_eq!((status, range.as_str(), bytes.as_slice()), (206, "bytes 10-19/1016", &content[10..20]));
    let (status, range, bytes, _) = read(&[("range", "bytes=-6")]);
    assert_eq!((status, range.as_str(), bytes.as_slice()), (206, "bytes 1010-1015/1016", &content[1_010..]));
    let (status, range, _, _) = read(&[("range", "bytes=2000-")]);
    assert_eq!((status, range.as_str()), (416, "bytes */1016"));
    let (status, _, bytes, _) = read(&[("range", "bytes=0-9"), ("if-range", "\"another\"")]);
    assert_eq!((status, bytes.len()), (200, 1_016));
    assert_eq!(read(&[("range", "bytes=0-9"), ("if-range", &tag)]).0, 206);
    assert_eq!(read(&[("if-none-match", &tag)]).0, 304);
}
