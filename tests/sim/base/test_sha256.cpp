#include "sim/base/sha256.hpp"

#include <doctest/doctest.h>

using sim::Sha256;

namespace {

std::string digest(const std::string& text)
{
    Sha256 d;
    d.update(text);
    return d.hex();
}

} // namespace

TEST_CASE("SHA-256 gives the digests of FIPS 180-4")
{
    CHECK(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(digest(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 does not depend on how the bytes are cut")
{
    const std::string text(1000, 'x');
    for (std::size_t cut : {1u, 55u, 56u, 63u, 64u, 65u, 128u, 999u}) {
        Sha256 d;
        d.update(text.substr(0, cut));
        CHECK(d.hex() == digest(text.substr(0, cut)));
        d.update(text.substr(cut));
        CHECK(d.hex() == digest(text));
    }
}
