#include "sim/record/digests.hpp"

#include "sim/base/sha256.hpp"

#include <fmt/format.h>

namespace sim::record {
namespace {

constexpr auto own_name = "attributes_sha256";

std::string text_of(const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    return fmt::format("{:.17g}", std::get<double>(value));
}

void add_attributes(std::vector<std::string>& texts, const h5::File& file, const std::string& object)
{
    texts.push_back(object);
    for (const Attribute& a : file.attributes(object)) {
        if (a.name == own_name) continue;
        texts.push_back(a.name);
        texts.push_back(text_of(a.value));
    }
}

std::string digest_of_values(const ResultFile& file, const h5::Variable& v)
{
    if (v.is_text) return record::digest_of(file.texts(v));
    Sha256 digest;
    digest.update(file.raw(v).bytes);
    return digest.hex();
}

void check(std::vector<Damage>& damages, const std::string& what, const std::string& stored, const std::string& actual)
{
    if (stored != actual) damages.push_back({what, stored, actual});
}

} // namespace

std::string digest_of(const std::vector<std::string>& texts)
{
    Sha256 digest;
    for (const std::string& text : texts) digest.update(text + '\0');
    return digest.hex();
}

std::string attributes_digest(const h5::File& file, const std::vector<h5::Variable>& variables)
{
    std::vector<std::string> texts;
    add_attributes(texts, file, "/");
    for (const h5::Variable& v : variables) add_attributes(texts, file, v.path);
    return digest_of(texts);
}

std::vector<Damage> check_digests(const ResultFile& file)
{
    std::vector<Damage> damages;
    const std::string stored = file.text_attribute("/", own_name);
    if (stored.empty() && file.text_attribute("/", "status") == "running") return damages;
    check(damages, "attributes", stored, attributes_digest(file.file(), file.variables()));
    for (const h5::Variable& v : file.variables())
        check(damages, v.path, file.text_attribute(v.path, "sha256"), digest_of_values(file, v));
    return damages;
}

} // namespace sim::record
